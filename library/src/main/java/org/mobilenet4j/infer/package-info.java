/// Running a model: batch normalization folded, weights packed, memory planned once, then as many images as wanted.
@NullMarked
package org.mobilenet4j.infer;

import org.jspecify.annotations.NullMarked;
