package org.mobilenet4j.image;

import java.util.Arrays;

/// TensorFlow's `ScaleAndTranslate` with a triangle kernel and antialiasing, as `tf.image.resize(antialias=True)` uses
/// it: each value is a weighted mean of the source pixels under a triangle whose size follows the pixels of the result.
///
/// The filter is separable: first vertical, then horizontal. Pillow does the same, but rounds to 8 bits in between.
final class TriangleFilter implements Resampler {
    private final Axis rows;
    private final Axis columns;
    private float[] filteredDown = {};

    TriangleFilter(int height, int width) {
        this.rows = new Axis(height);
        this.columns = new Axis(width);
    }

    @Override
    public void prepare(Crop crop) {
        rows.prepare(crop.height());
        columns.prepare(crop.width());
        if (filteredDown.length < crop.width() * 3) {
            filteredDown = new float[crop.width() * 3];
        }
    }

    @Override
    public void row(Image image, Crop crop, int y, float[] row) {
        down(image, crop, y);
        for (int x = 0; x < columns.start.length; x++) {
            float red = 0;
            float green = 0;
            float blue = 0;
            int from = columns.start[x] * 3;
            int first = x * columns.stride;
            for (int k = first; k < first + columns.count[x]; k++, from += 3) {
                float weight = columns.weights[k];
                red += weight * filteredDown[from];
                green += weight * filteredDown[from + 1];
                blue += weight * filteredDown[from + 2];
            }
            row[x * 3] = red;
            row[x * 3 + 1] = green;
            row[x * 3 + 2] = blue;
        }
    }

    private void down(Image image, Crop crop, int y) {
        var rgb = image.rgb();
        int values = crop.width() * 3;
        Arrays.fill(filteredDown, 0, values, 0);
        for (int k = 0; k < rows.count[y]; k++) {
            float weight = rows.weights[y * rows.stride + k] * UNIT;
            int from = ((crop.top() + rows.start[y] + k) * image.width() + crop.left()) * 3;
            for (int i = 0; i < values; i++) {
                filteredDown[i] += weight * (rgb[from + i] & 0xff);
            }
        }
    }

    /// For each position along one side of the result, the source pixels under the triangle and their weights.
    private static final class Axis {
        private final int[] start;
        private final int[] count;
        private float[] weights = {};
        private int stride;

        Axis(int size) {
            this.start = new int[size];
            this.count = new int[size];
        }

        void prepare(int sourceSize) {
            float scale = 1f / (start.length / (float) sourceSize);
            // Only shrinking widens the triangle: enlarging is plain interpolation.
            float radius = Math.max(scale, 1);
            stride = Math.min(2 * (int) Math.ceil(radius) + 1, sourceSize);
            if (weights.length < start.length * stride) {
                weights = new float[start.length * stride];
            }
            for (int i = 0; i < start.length; i++) {
                float center = (i + 0.5f) * scale;
                start[i] = Math.clamp((long) Math.ceil(center - radius - 0.5f), 0, sourceSize - 1);
                int last = Math.clamp((long) Math.floor(center + radius - 0.5f), start[i], sourceSize - 1);
                count[i] = Math.min(last + 1 - start[i], stride);
                weigh(i, center, 1 / radius);
            }
        }

        private void weigh(int i, float center, float narrowing) {
            float sum = 0;
            for (int k = 0; k < count[i]; k++) {
                float distance = Math.abs((start[i] + k + 0.5f - center) * narrowing);
                weights[i * stride + k] = Math.max(0, 1 - distance);
                sum += weights[i * stride + k];
            }
            for (int k = 0; k < count[i]; k++) {
                weights[i * stride + k] *= 1 / sum;
            }
        }
    }
}
