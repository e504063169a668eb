package org.mobilenet4j.kernel;

import org.mobilenet4j.kernel.layout.Plane;

/// Requantizes a channel's sum of integer products: `clamp((sum + bias) * multiplier)`, less the zero point on
/// both sides.
///
/// The second rounding rounds halves away from zero, as in TFLite's reference kernels, or up, as in ruy, which
/// computes its INT8 convolutions and dense layers.
///
/// Feature maps hold integers less their zero point, as floats, which represent them exactly. So zero stands for
/// zero, and the zero point plays no part here.
public final class OutputRescaling {
    /// Floats represent every integer up to here exactly.
    private static final long EXACT = 1L << 24;

    private final int[] bias;
    private final int[] significands;
    private final int[] shifts;
    private final int low;
    private final int high;
    private final boolean halvesGoUp;
    private final long mostSum;

    /// @param bias added to the sum, one per output channel
    /// @param multipliers one per output channel
    /// @param low the least result: that of the type or of the activation, less the zero point
    /// @param high the greatest result
    /// @param halvesGoUp whether halves are rounded up rather than away from zero
    /// @param mostSum an upper bound of the magnitude of any sum, or part of one, before the bias is added
    public OutputRescaling(
            int[] bias, FixedPointMultiplier[] multipliers, int low, int high, boolean halvesGoUp, long mostSum) {
        if (bias.length != multipliers.length || low > high) {
            throw new IllegalArgumentException("a rescaling needs one multiplier for each of its " + bias.length
                    + " biases, not " + multipliers.length + ", and a range, not " + low + " to " + high);
        }
        this.bias = bias.clone();
        this.significands = new int[bias.length];
        this.shifts = new int[bias.length];
        for (int c = 0; c < bias.length; c++) {
            significands[c] = multipliers[c].significand();
            shifts[c] = multipliers[c].shift();
        }
        this.low = low;
        this.high = high;
        this.halvesGoUp = halvesGoUp;
        this.mostSum = mostSum;
    }

    /// Whether the products can be summed exactly in floats, in any order.
    public boolean hasExactSums() {
        return mostSum <= EXACT;
    }

    /// The number of output channels.
    public int channels() {
        return bias.length;
    }

    /// The bias of channel `channel`.
    public int bias(int channel) {
        return bias[channel];
    }

    /// The multiplier of channel `channel`.
    public FixedPointMultiplier multiplier(int channel) {
        return new FixedPointMultiplier(significands[channel], shifts[channel]);
    }

    /// The least result, less the zero point.
    public int low() {
        return low;
    }

    /// The greatest result, less the zero point.
    public int high() {
        return high;
    }

    /// Whether halves are rounded up rather than away from zero.
    public boolean halvesGoUp() {
        return halvesGoUp;
    }

    /// An upper bound of the magnitude of any sum before the bias is added.
    public long mostSum() {
        return mostSum;
    }

    /// The quantized value for the sum `sum` of channel `channel`, less the zero point.
    public float apply(int sum, int channel) {
        int product = FixedPointMultiplier.product(sum + bias[channel], significands[channel], shifts[channel]);
        int right = Math.max(-shifts[channel], 0);
        int rounded = halvesGoUp
                ? FixedPointMultiplier.divideHalfUp(product, right)
                : FixedPointMultiplier.divide(product, right);
        return Math.clamp(rounded, low, high);
    }

    /// Rescales channels `from` to `to` of row `y` of a plane of sums, in place.
    public void apply(float[] memory, Plane plane, int y, int from, int to) {
        for (int x = 0; x < plane.shape().width(); x++) {
            int at = plane.at(y, x);
            for (int c = from; c < to; c++) {
                memory[at + c] = apply((int) memory[at + c], c);
            }
        }
    }
}
