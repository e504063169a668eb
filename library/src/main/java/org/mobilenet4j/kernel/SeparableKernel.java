package org.mobilenet4j.kernel;

import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.kernel.layout.Tuning;
import org.mobilenet4j.tensor.Shape;

/// A depthwise convolution and the pointwise one after it as one step: a thread continues with the rows that it has
/// just filtered, without waiting for others.
///
/// @param depthwise writes the feature map between the two
/// @param pointwise reads it, pixel by pixel
public record SeparableKernel(Kernel depthwise, Kernel pointwise) implements Kernel {
    public SeparableKernel {
        if (depthwise.units() != pointwise.units()) {
            throw new IllegalArgumentException("the two convolutions do not meet row by row: " + depthwise.units()
                    + " rows and " + pointwise.units());
        }
    }

    /// Whether a pointwise convolution from `in` to `out` is faster when fused with the depthwise one before it.
    ///
    /// Maps that the second cache holds together are best fused, as threads wait for each other less often. So
    /// are maps of which it does not hold even one: their rows go through it. In between, two maps that take
    /// turns stay there, and the three of a fused step do not.
    public static boolean pays(Shape in, Shape out) {
        long map = Math.max(in.elements(), out.elements());
        boolean fitsAlone = map <= Tuning.SECOND_CACHE;
        boolean fitsTogether = 2L * in.elements() + out.elements() <= 2 * Tuning.SECOND_CACHE;
        return (fitsTogether || !fitsAlone)
                && !ConvShape.readsMostlyWeights(in.channels() * (long) out.channels(), in, out);
    }

    /// One unit is one output row.
    @Override
    public int units() {
        return pointwise.units();
    }

    @Override
    public int grain() {
        return pointwise.grain();
    }

    @Override
    public void run(Memory memory, int from, int to) {
        depthwise.run(memory, from, to);
        pointwise.run(memory, from, to);
    }

    @Override
    public boolean warmUp(Memory memory, Warmth warmth) {
        return depthwise.warmUp(memory, warmth) && pointwise.warmUp(memory, warmth);
    }
}
