/// Inference: batch normalization folded, weights packed and memory planned once, then any number of images.
@NullMarked
package org.mobilenet4j.infer;

import org.jspecify.annotations.NullMarked;
