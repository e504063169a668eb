/// Shapes and buffers, the two things that every other package hands around.
///
/// Activations are NHWC: for one image, row by row, pixel by pixel, all channels of a pixel side by side. Convolution
/// kernels are HWIO (`height, width, input channels, output channels`), depthwise kernels HWC (`height, width,
/// channels`),
/// dense kernels IO. Those are the orders of TensorFlow, in which the published weights are stored.
@NullMarked
package org.mobilenet4j.tensor;

import org.jspecify.annotations.NullMarked;
