/// Photos in tar archives, plain or gzipped, read in order or shuffled. Every length is bounded before memory is taken
/// for
/// it.
@NullMarked
package org.mobilenet4j.data.shard;

import org.jspecify.annotations.NullMarked;
