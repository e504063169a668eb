package org.mobilenet4j.kernel.layout;

/// Where the taps of a depthwise filter lie in training, as distances in a working memory with zero padding
/// wherever the filter reaches over the edge of the feature map.
///
/// @param height rows of taps
/// @param width columns of taps
/// @param rowStep floats from the window of one output row to that of the next
/// @param pixelStep floats from the window of one output pixel to that of the next: the stride times a pixel's floats
/// @param rowTap floats from one tap to the tap below
/// @param columnTap floats from one tap to the next in its row
/// @param channels floats of a pixel, a multiple of [PixelStride#FLOATS]
public record TapLayout(int height, int width, int rowStep, int pixelStep, int rowTap, int columnTap, int channels) {}
