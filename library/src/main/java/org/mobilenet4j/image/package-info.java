/// From a file to the numbers that a network takes: decode, turn upright, crop, resize, normalize.
@NullMarked
package org.mobilenet4j.image;

import org.jspecify.annotations.NullMarked;
