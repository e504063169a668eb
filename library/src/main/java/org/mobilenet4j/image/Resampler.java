package org.mobilenet4j.image;

/// Resizes a part of an image, a row at a time. Has working memory: one thread's.
sealed interface Resampler permits BilinearResampler, TriangleFilter {
    /// Bytes become numbers in [0, 1] before anything is interpolated, as TensorFlow's `convert_image_dtype` does, with
    /// a product by this float.
    float UNIT = 1f / 255;

    /// The resampler that resizes to `height` rows and `width` columns as `resize` says.
    static Resampler of(Resize resize, int height, int width) {
        return switch (resize) {
            case LEGACY -> new BilinearResampler(height, width, false);
            case HALF_PIXEL -> new BilinearResampler(height, width, true);
            case ANTIALIAS -> new TriangleFilter(height, width);
        };
    }

    /// Gets ready for `crop` of an image; to be called before the first row of each.
    void prepare(Crop crop);

    /// Writes row `y` of the result, RGB pixels in [0, 1], to `row`.
    void row(Image image, Crop crop, int y, float[] row);
}
