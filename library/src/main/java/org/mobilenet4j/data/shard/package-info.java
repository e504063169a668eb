/// Photos in tar and zip archives, indexed once and then read in any order. Every length is checked before memory is
/// allocated for it.
@NullMarked
package org.mobilenet4j.data.shard;

import org.jspecify.annotations.NullMarked;
