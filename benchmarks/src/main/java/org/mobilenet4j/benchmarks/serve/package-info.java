/// Load on services that classify photos over HTTP: ours and those of others.
@NullMarked
package org.mobilenet4j.benchmarks.serve;

import org.jspecify.annotations.NullMarked;
