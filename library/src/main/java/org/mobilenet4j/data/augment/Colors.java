package org.mobilenet4j.data.augment;

/// Color changes of RGB pixels in [0, 1], from `offset` to `end`; results are clipped to [0, 1].
final class Colors {
    private Colors() {}

    /// Adds `delta`.
    static void brighten(float[] rgb, int offset, int end, float delta) {
        for (int i = offset; i < end; i++) {
            rgb[i] = clip(rgb[i] + delta);
        }
    }

    /// Multiplies each channel's distance from its mean over the image by `factor`.
    static void contrast(float[] rgb, int offset, int end, float factor) {
        float pixels = (end - offset) / 3f;
        float red = 0;
        float green = 0;
        float blue = 0;
        for (int i = offset; i < end; i += 3) {
            red += rgb[i];
            green += rgb[i + 1];
            blue += rgb[i + 2];
        }
        red /= pixels;
        green /= pixels;
        blue /= pixels;
        for (int i = offset; i < end; i += 3) {
            rgb[i] = clip(red + (rgb[i] - red) * factor);
            rgb[i + 1] = clip(green + (rgb[i + 1] - green) * factor);
            rgb[i + 2] = clip(blue + (rgb[i + 2] - blue) * factor);
        }
    }

    /// Multiplies HSV's saturation, `(largest - smallest) / largest`, by `factor`, up to 1. Hue and value stay, so
    /// each channel's distance from the largest is multiplied.
    static void saturate(float[] rgb, int offset, int end, float factor) {
        for (int i = offset; i < end; i += 3) {
            float red = rgb[i];
            float green = rgb[i + 1];
            float blue = rgb[i + 2];
            float largest = Math.max(red, Math.max(green, blue));
            float range = largest - Math.min(red, Math.min(green, blue));
            float change = range * factor > largest ? largest / range : factor;
            rgb[i] = clip(largest - (largest - red) * change);
            rgb[i + 1] = clip(largest - (largest - green) * change);
            rgb[i + 2] = clip(largest - (largest - blue) * change);
        }
    }

    /// Rotates HSV's hue by `share` of the circle.
    static void turn(float[] rgb, int offset, int end, float share) {
        for (int i = offset; i < end; i += 3) {
            float red = rgb[i];
            float green = rgb[i + 1];
            float blue = rgb[i + 2];
            float largest = Math.max(red, Math.max(green, blue));
            float range = largest - Math.min(red, Math.min(green, blue));
            if (range == 0) {
                continue;
            }
            float sixths;
            if (largest == red) {
                sixths = (green - blue) / range + 6;
            } else if (largest == green) {
                sixths = (blue - red) / range + 2;
            } else {
                sixths = (red - green) / range + 4;
            }
            sixths += 6 * share + 6;
            // A channel is `value - range * k`, with k from the distance of the hue from the channel's own.
            rgb[i] = clip(largest - range * below(sixths + 5));
            rgb[i + 1] = clip(largest - range * below(sixths + 3));
            rgb[i + 2] = clip(largest - range * below(sixths + 1));
        }
    }

    /// The distance of a channel from the largest one, in units of the range: `max(0, min(k, 4 - k, 1))` with
    /// `k = sixths mod 6`.
    private static float below(float sixths) {
        float k = sixths % 6;
        return Math.max(0, Math.min(Math.min(k, 4 - k), 1));
    }

    private static float clip(float value) {
        return Math.max(0, Math.min(1, value));
    }
}
