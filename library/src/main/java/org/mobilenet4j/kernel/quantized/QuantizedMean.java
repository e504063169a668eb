package org.mobilenet4j.kernel.quantized;

import java.util.List;
import org.mobilenet4j.kernel.FixedPointMultiplier;
import org.mobilenet4j.kernel.PlainKernel;
import org.mobilenet4j.kernel.layout.Plane;
import org.mobilenet4j.kernel.layout.Tuning;

/// Global average pooling of quantized values as in TFLite's MEAN: the sum is rescaled to the output's scale and
/// divided by the number of pixels with a single multiplier.
///
/// TFLite has two implementations that may differ by one; which one it uses depends on whether the dimensions
/// are kept.
public final class QuantizedMean implements PlainKernel {
    private final Plane in;
    private final Plane out;
    private final FixedPointMultiplier multiplier;
    private final int before;
    private final int after;
    private final QuantizedRange to;

    private QuantizedMean(
            Plane in, Plane out, FixedPointMultiplier multiplier, int before, int after, QuantizedRange to) {
        if (out.shape().pixels() != 1 || in.shape().channels() != out.shape().channels()) {
            throw new IllegalArgumentException("the mean of " + in.shape() + " cannot be " + out.shape());
        }
        this.in = in;
        this.out = out;
        this.multiplier = multiplier;
        this.before = before;
        this.after = after;
        this.to = to;
    }

    /// For values less their zero point: TFLite's reference, used if the mean becomes a vector.
    ///
    /// @param inScale scale of the input
    /// @param outScale scale of the output
    /// @param to quantization of the output
    public static QuantizedMean ofDistances(Plane in, Plane out, float inScale, float outScale, QuantizedRange to) {
        var multiplier = FixedPointMultiplier.of((double) inScale / outScale)
                .over(in.shape().pixels());
        return new QuantizedMean(in, out, multiplier, 0, to.zeroPoint(), to);
    }

    /// For quantized values including the zero point, which is scaled and rounded separately: used by TFLite if the
    /// mean remains a feature map of one pixel.
    ///
    /// @param from quantization of the input
    /// @param inScale scale of the input
    /// @param outScale scale of the output
    /// @param to quantization of the output
    public static QuantizedMean ofNumbers(
            Plane in, Plane out, QuantizedRange from, float inScale, float outScale, QuantizedRange to) {
        int pixels = in.shape().pixels();
        float zero = from.zeroPoint() * inScale / outScale;
        int after = to.zeroPoint() - (int) (zero > 0 ? zero + 0.5f : zero - 0.5f);
        float scale = inScale / (pixels * outScale);
        return new QuantizedMean(in, out, FixedPointMultiplier.of(scale), pixels * from.zeroPoint(), after, to);
    }

    /// The input.
    public Plane in() {
        return in;
    }

    /// What sums are multiplied by.
    public FixedPointMultiplier multiplier() {
        return multiplier;
    }

    /// What is added to sums first.
    public int before() {
        return before;
    }

    /// What is added to products.
    public int after() {
        return after;
    }

    /// Quantization of the output.
    public QuantizedRange to() {
        return to;
    }

    @Override
    public List<Plane> inputs() {
        return List.of(in);
    }

    @Override
    public Plane out() {
        return out;
    }

    /// One unit is one channel.
    @Override
    public int units() {
        return out.shape().channels();
    }

    @Override
    public int grain() {
        return Tuning.LINE;
    }

    @Override
    public void run(float[] memory, int from, int to) {
        for (int c = from; c < to; c++) {
            int sum = before;
            for (int y = 0; y < in.shape().height(); y++) {
                for (int x = 0; x < in.shape().width(); x++) {
                    sum += (int) memory[in.at(y, x) + c];
                }
            }
            memory[out.at(0, 0) + c] = this.to.clamp(multiplier.apply(sum) + after);
        }
    }
}
