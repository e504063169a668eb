/// What training does for each layer, forward and back, on batches of feature maps.
///
/// Batch normalization and activations are no operations of their own: a [View] applies them as a map is read.
@NullMarked
package org.mobilenet4j.train.op;

import org.jspecify.annotations.NullMarked;
