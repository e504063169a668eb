/// From an image file to a network's input: decode, turn upright, crop, resize, normalize.
@NullMarked
package org.mobilenet4j.image;

import org.jspecify.annotations.NullMarked;
