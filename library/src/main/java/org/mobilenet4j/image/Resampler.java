package org.mobilenet4j.image;

/// Resizes a part of an image, row by row. Not thread-safe: it has scratch memory.
sealed interface Resampler permits BilinearResampler, TriangleFilter {
    /// The factor that scales bytes to [0, 1] before interpolation, in float as in TensorFlow's
    /// `convert_image_dtype`.
    float UNIT = 1f / 255;

    /// A resampler to `height` rows and `width` columns by the method `resize`.
    static Resampler of(Resize resize, int height, int width) {
        return switch (resize) {
            case LEGACY -> new BilinearResampler(height, width, false);
            case HALF_PIXEL -> new BilinearResampler(height, width, true);
            case ANTIALIAS -> new TriangleFilter(height, width);
        };
    }

    /// Prepares for `crop` of an image; call it before its first row.
    void prepare(Crop crop);

    /// Writes row `y` of the result, RGB pixels in [0, 1], to `row`.
    void row(Image image, Crop crop, int y, float[] row);
}
