/// Running a model: batch normalisation folded, weights packed, memory planned once, then as many images as wanted.
@NullMarked
package org.mobilenet4j.infer;

import org.jspecify.annotations.NullMarked;
