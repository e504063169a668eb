/// A network prepared for training: its feature maps and gradients in memory, its operations in order, forward
/// and backward.
///
/// Start at [TrainingGraph].
@NullMarked
package org.mobilenet4j.train.graph;

import org.jspecify.annotations.NullMarked;
