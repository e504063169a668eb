package org.mobilenet4j.tensor;

import java.util.Arrays;
import org.mobilenet4j.error.BadValueException;

/// How a tensor's integers map to real numbers: `real = scale * (quantized - zeroPoint)`, with one scale and zero point
/// for all values (per tensor) or for each output channel (per channel).
///
/// The output channel is the last dimension of a kernel (the last two of a depthwise one), so the value at row-major
/// position `i` belongs to channel `i % channels`.
public final class Quantization {
    private final float[] scales;
    private final int[] zeroPoints;

    private Quantization(float[] scales, int[] zeroPoints) {
        this.scales = scales.clone();
        this.zeroPoints = zeroPoints.clone();
        if (scales.length == 0 || scales.length != zeroPoints.length) {
            throw new BadValueException("a quantization needs one zero point for each scale, not " + scales.length
                    + " scales and " + zeroPoints.length + " zero points");
        }
        for (float scale : scales) {
            if (!(scale > 0) || !Float.isFinite(scale)) {
                throw new BadValueException("a quantization's scale must be positive and finite, not " + scale);
            }
        }
    }

    /// Per-tensor quantization.
    ///
    /// @throws IllegalArgumentException when the scale is not positive and finite
    public static Quantization of(float scale, int zeroPoint) {
        return new Quantization(new float[] {scale}, new int[] {zeroPoint});
    }

    /// Per-channel quantization.
    ///
    /// @throws IllegalArgumentException when a scale is not positive and finite, or the arrays differ in length
    public static Quantization perChannel(float[] scales, int[] zeroPoints) {
        return new Quantization(scales, zeroPoints);
    }

    /// The number of scales: 1, or the number of output channels.
    public int channels() {
        return scales.length;
    }

    /// The scale of the value at row-major position `index`.
    public float scale(int index) {
        return scales[scales.length == 1 ? 0 : index % scales.length];
    }

    /// The zero point of the value at row-major position `index`.
    public int zeroPoint(int index) {
        return zeroPoints[zeroPoints.length == 1 ? 0 : index % zeroPoints.length];
    }

    /// All scales.
    public float[] scales() {
        return scales.clone();
    }

    /// All zero points.
    public int[] zeroPoints() {
        return zeroPoints.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Quantization that
                && Arrays.equals(scales, that.scales)
                && Arrays.equals(zeroPoints, that.zeroPoints);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(scales) + Arrays.hashCode(zeroPoints);
    }

    /// `scale 0.0078125, zero point 128`, or the range of the scales and the number of channels.
    @Override
    public String toString() {
        if (scales.length == 1) {
            return "scale " + scales[0] + ", zero point " + zeroPoints[0];
        }
        var sorted = scales.clone();
        Arrays.sort(sorted);
        return "scales " + sorted[0] + " to " + sorted[sorted.length - 1] + " of " + scales.length + " channels";
    }
}
