package org.mobilenet4j.kernel.layout;

import org.mobilenet4j.arch.BilinearResize.Coordinates;

/// For each output pixel along one axis, the two input pixels it is interpolated from and the distance from the
/// first, in floats as in TFLite.
public final class Interpolation {
    private final int[] lower;
    private final int[] upper;
    private final float[] fraction;

    /// @param in pixels of the input
    /// @param out pixels of the output
    public Interpolation(int in, int out, Coordinates coordinates) {
        this.lower = new int[out];
        this.upper = new int[out];
        this.fraction = new float[out];
        boolean aligns = coordinates == Coordinates.ALIGN_CORNERS && out > 1;
        float scale = aligns ? (in - 1f) / (out - 1) : (float) in / out;
        for (int i = 0; i < out; i++) {
            float at = coordinates == Coordinates.HALF_PIXEL ? (i + 0.5f) * scale - 0.5f : i * scale;
            lower[i] = Math.clamp((int) Math.floor(at), 0, in - 1);
            upper[i] = Math.clamp((int) Math.ceil(at), 0, in - 1);
            fraction[i] = at - lower[i];
        }
    }

    /// The input pixel before output pixel `i`.
    public int lower(int i) {
        return lower[i];
    }

    /// The input pixel after it, which may be the same.
    public int upper(int i) {
        return upper[i];
    }

    /// The weight of the pixel after it; the weight of the one before is 1 minus this.
    public float fraction(int i) {
        return fraction[i];
    }

    /// The number of output pixels.
    public int size() {
        return lower.length;
    }
}
