/// Photos in tar archives, plain or gzipped, read in order or shuffled. Every length is checked before memory is
/// allocated for it.
@NullMarked
package org.mobilenet4j.data.shard;

import org.jspecify.annotations.NullMarked;
