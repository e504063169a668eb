package org.mobilenet4j.image;

/// TensorFlow's `ResizeBilinear` without antialiasing: each value is interpolated between four pixels, in float and in
/// TensorFlow's order of operations.
///
/// A source coordinate is `y * scale`, or with half-pixel centers from `(y + 0.5) * scale - 0.5`, where `scale` is the
/// float quotient of the sizes.
final class BilinearResampler implements Resampler {
    private final Axis rows;
    private final Axis columns;

    BilinearResampler(int height, int width, boolean halfPixel) {
        this.rows = new Axis(height, halfPixel);
        this.columns = new Axis(width, halfPixel);
    }

    @Override
    public void prepare(Crop crop) {
        rows.prepare(crop.height());
        columns.prepare(crop.width());
    }

    @Override
    public void row(Image image, Crop crop, int y, float[] row) {
        var rgb = image.rgb();
        int upper = ((crop.top() + rows.lower[y]) * image.width() + crop.left()) * 3;
        int lower = ((crop.top() + rows.upper[y]) * image.width() + crop.left()) * 3;
        float down = rows.lerp[y];
        for (int x = 0; x < columns.lerp.length; x++) {
            int left = columns.lower[x] * 3;
            int right = columns.upper[x] * 3;
            float across = columns.lerp[x];
            for (int c = 0; c < 3; c++) {
                float top = lerp(unit(rgb[upper + left + c]), unit(rgb[upper + right + c]), across);
                float bottom = lerp(unit(rgb[lower + left + c]), unit(rgb[lower + right + c]), across);
                row[x * 3 + c] = lerp(top, bottom, down);
            }
        }
    }

    private static float unit(byte value) {
        return (value & 0xff) * UNIT;
    }

    private static float lerp(float from, float to, float share) {
        return from + (to - from) * share;
    }

    /// For each position along one side of the result, its two neighbors in the source and its fraction between
    /// them.
    private static final class Axis {
        private final boolean halfPixel;
        private final int[] lower;
        private final int[] upper;
        private final float[] lerp;

        Axis(int size, boolean halfPixel) {
            this.halfPixel = halfPixel;
            this.lower = new int[size];
            this.upper = new int[size];
            this.lerp = new float[size];
        }

        void prepare(int sourceSize) {
            float scale = sourceSize / (float) lerp.length;
            for (int i = 0; i < lerp.length; i++) {
                float position = halfPixel ? (i + 0.5f) * scale - 0.5f : i * scale;
                float floor = (float) Math.floor(position);
                lower[i] = Math.clamp((long) floor, 0, sourceSize - 1);
                upper[i] = Math.clamp((long) Math.ceil(position), 0, sourceSize - 1);
                lerp[i] = position - floor;
            }
        }
    }
}
