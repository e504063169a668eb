/// Contracts of the kernels that training works with, on arrays: matrix products and their gradients, depthwise
/// convolutions, normalization, fake quantization, and the update of weights.
@NullMarked
package org.mobilenet4j.kernel.training;

import org.jspecify.annotations.NullMarked;
