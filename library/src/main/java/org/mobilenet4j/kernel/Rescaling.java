package org.mobilenet4j.kernel;

/// How a channel's sum of products of whole numbers becomes the number that is stored:
/// `clamp((sum + bias) * multiplier)`, less the zero point on both sides.
///
/// Halves in the second rounding go away from zero, as in TFLite's reference, or up, as in ruy, which computes its
/// convolutions and dense layers of INT8.
///
/// Maps are kept as whole numbers less their zero point, in floats, which hold them exactly; so zero stands for zero,
/// and the zero point has no part in this.
public final class Rescaling {
    /// Floats hold every whole number up to here.
    private static final long EXACT = 1L << 24;

    final int[] bias;
    final int[] significands;
    final int[] shifts;
    final int low;
    final int high;
    final boolean halvesGoUp;
    final long mostSum;

    /// @param bias added to the sum, for each output channel
    /// @param multipliers for each output channel
    /// @param low the least result: that of the type or of the activation, less the zero point
    /// @param high the greatest
    /// @param halvesGoUp whether halves are rounded up, and not away from zero
    /// @param mostSum a magnitude that no sum exceeds, nor any part of it, before the bias is added
    public Rescaling(int[] bias, Multiplier[] multipliers, int low, int high, boolean halvesGoUp, long mostSum) {
        if (bias.length != multipliers.length || low > high) {
            throw new IllegalArgumentException("a rescaling needs a multiplier for each of its " + bias.length
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

    /// Whether floats add up the products exactly, in any order.
    public boolean hasExactSums() {
        return mostSum <= EXACT;
    }

    /// The number of output channels.
    int channels() {
        return bias.length;
    }

    /// What is stored for the sum `sum` of channel `channel`.
    float apply(int sum, int channel) {
        int product = Multiplier.product(sum + bias[channel], significands[channel], shifts[channel]);
        int right = Math.max(-shifts[channel], 0);
        int rounded = halvesGoUp ? Multiplier.divideHalfUp(product, right) : Multiplier.divide(product, right);
        return Math.clamp(rounded, low, high);
    }
}
