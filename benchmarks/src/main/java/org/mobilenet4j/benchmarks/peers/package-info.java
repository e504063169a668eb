/// Compares other projects' engines with ours: the same network, weights and images, each engine in a process of
/// its own. Code that needs no native libraries is here; the engines and the command are in `src/peers`, in the
/// Maven profile `peers`.
@NullMarked
package org.mobilenet4j.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
