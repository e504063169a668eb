/// The forward and backward passes of each layer, on batches of feature maps.
///
/// Batch normalization and activations are not operations of their own: a [View] applies them as a feature map is read.
@NullMarked
package org.mobilenet4j.train.op;

import org.jspecify.annotations.NullMarked;
