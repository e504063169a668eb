/// Shapes and tensors, which all other packages use.
///
/// Activations are NHWC: for each image, row by row, pixel by pixel, with the channels of a pixel side by side.
/// Convolution kernels are HWIO (`height, width, input channels, output channels`), depthwise kernels HWC
/// (`height, width, channels`), dense kernels IO. These are TensorFlow's layouts, in which the published weights are
/// stored.
@NullMarked
package org.mobilenet4j.tensor;

import org.jspecify.annotations.NullMarked;
