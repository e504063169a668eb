/// Other people's engines and ours side by side: the same network, weights and images, each engine in a
/// process of its own. What needs no native code is here; the engines and the command are in
/// `src/peers`, in the Maven profile `peers`.
@NullMarked
package org.mobilenet4j.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
