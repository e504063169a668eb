package org.mobilenet4j.compress.quantize;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Quantization;
import org.mobilenet4j.tensor.Tensor;

/// Quantizes kernels and biases.
///
/// A symmetric scale is the largest magnitude over 127, so a kernel uses -127 to 127; an asymmetric one is the whole
/// range over 255. A bias has the scale of the accumulators, input scale times kernel scale. If weights are so small
/// that a bias would not fit 31 bits in that scale, the kernel's scale is enlarged, as in TFLite's converter.
final class WeightQuantizer {
    private static final int GREATEST = 127;
    private static final int STEPS = 255;
    /// Half the range of 32 bits; the rest is for the sums.
    private static final double GREATEST_BIAS = 1 << 30;

    private static final ValueLayout.OfInt INT32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private WeightQuantizer() {}

    /// Quantizes `kernel`.
    ///
    /// @param kernel a float tensor with output channels innermost
    /// @param bias one value for each output channel
    /// @param input the scale of the layer's input
    static Tensor of(Tensor kernel, float[] bias, float input, WeightScheme scheme) {
        var weights = kernel.toArray();
        return switch (scheme) {
            case PER_CHANNEL -> {
                var scales = new float[bias.length];
                var largest = largest(weights, bias.length);
                float spare = scale(max(largest), 0, input, GREATEST);
                for (int c = 0; c < scales.length; c++) {
                    scales[c] = largest[c] > 0 || bias[c] != 0 ? scale(largest[c], bias[c], input, GREATEST) : spare;
                }
                yield rounded(kernel, weights, scheme, Quantization.perChannel(scales, new int[scales.length]));
            }
            case PER_TENSOR -> {
                float scale = scale(max(largest(weights, 1)), max(largest(bias, 1)), input, GREATEST);
                yield rounded(kernel, weights, scheme, Quantization.of(scale, 0));
            }
            case PER_TENSOR_ASYMMETRIC -> {
                var range = range(weights);
                double width = (double) range.high() - range.low();
                float scale = scale(width, max(largest(bias, 1)), input, STEPS);
                int zero = Math.clamp(Rounding.halfAway(-range.low() / (double) scale), 0, STEPS);
                yield rounded(kernel, weights, scheme, Quantization.of(scale, zero));
            }
        };
    }

    private static float scale(double width, double bias, float input, int steps) {
        double scale = Math.max(width / steps, Math.abs(bias) / (GREATEST_BIAS * input));
        return scale > 0 ? (float) Math.max(scale, Float.MIN_NORMAL) : 1;
    }

    /// The largest magnitude of each channel.
    private static double[] largest(float[] values, int channels) {
        var largest = new double[channels];
        for (int i = 0; i < values.length; i++) {
            largest[i % channels] = Math.max(largest[i % channels], Math.abs(values[i]));
        }
        return largest;
    }

    private static double max(double[] values) {
        return Arrays.stream(values).max().orElse(0);
    }

    private static Range range(float[] values) {
        var range = new Range(0, 0);
        for (float value : values) {
            range = range.union(Range.of(value, value));
        }
        return range;
    }

    private static Tensor rounded(Tensor kernel, float[] weights, WeightScheme scheme, Quantization scales) {
        var type = scheme.type();
        int least = type == ElementType.INT8 ? -GREATEST : type.least();
        var bytes = new byte[weights.length];
        for (int i = 0; i < bytes.length; i++) {
            long number = Rounding.halfAway(weights[i] / (double) scales.scale(i)) + scales.zeroPoint(i);
            bytes[i] = (byte) Math.clamp(number, least, type.greatest());
        }
        return Tensor.of(MemorySegment.ofArray(bytes), type, kernel.dims(), scales);
    }

    /// Quantizes `bias` with the scales of the accumulators.
    ///
    /// @param input the scale of the layer's input
    /// @param kernel the scales of the layer's kernel
    static Tensor bias(float[] bias, float input, Quantization kernel) {
        var scales = kernel.scales();
        for (int c = 0; c < scales.length; c++) {
            scales[c] = Math.max(scales[c] * input, Float.MIN_VALUE);
        }
        var sums = Quantization.perChannel(scales, new int[scales.length]);
        var bytes = MemorySegment.ofArray(new byte[Math.multiplyExact(bias.length, Integer.BYTES)]);
        for (int c = 0; c < bias.length; c++) {
            long number = Rounding.halfAway(bias[c] / (double) sums.scale(c));
            bytes.setAtIndex(INT32, c, Math.clamp(number, Integer.MIN_VALUE, Integer.MAX_VALUE));
        }
        return Tensor.of(bytes, ElementType.INT32, List.of(bias.length), sums);
    }
}
