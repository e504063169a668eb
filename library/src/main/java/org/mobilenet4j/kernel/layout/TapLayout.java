package org.mobilenet4j.kernel.layout;

/// Where the taps of a depthwise filter lie in training, as distances in a working memory that has zeros wherever the
/// filter reaches over the map's edge.
///
/// @param height rows of taps
/// @param width columns of taps
/// @param rowStep from the window of one output row to the next row's, in floats
/// @param pixelStep from the window of one output pixel to the next pixel's: the stride times a pixel's floats
/// @param rowTap from one tap to the tap below
/// @param columnTap from one tap to the next in its row
/// @param channels floats of a pixel, a multiple of [PixelStride#FLOATS]
public record TapLayout(int height, int width, int rowStep, int pixelStep, int rowTap, int columnTap, int channels) {}
