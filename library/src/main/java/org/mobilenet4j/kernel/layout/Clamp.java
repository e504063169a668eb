package org.mobilenet4j.kernel.layout;

/// The activation that a kernel applies to its results before storing them.
///
/// Vector kernels compare the bits as integers. That orders floats correctly if one side is positive, and costs a
/// single instruction, where a float comparison that respects NaN costs five. NaN becomes the upper or the lower
/// bound there.
public enum Clamp {
    /// None.
    NONE(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, Integer.MIN_VALUE, Integer.MAX_VALUE),
    /// `max(x, 0)`.
    RELU(0f, Float.POSITIVE_INFINITY, 0, Integer.MAX_VALUE),
    /// `min(max(x, 0), 6)`.
    RELU6(0f, 6f, 0, Float.floatToRawIntBits(6f));

    private final float low;
    private final float high;
    private final int lowBits;
    private final int highBits;

    Clamp(float low, float high, int lowBits, int highBits) {
        this.low = low;
        this.high = high;
        this.lowBits = lowBits;
        this.highBits = highBits;
    }

    /// Clamps one value.
    public float apply(float value) {
        return Math.min(Math.max(value, low), high);
    }

    /// The lower bound.
    public float low() {
        return low;
    }

    /// The upper bound.
    public float high() {
        return high;
    }

    /// The lower bound for the bits of a float, compared as integers.
    public int lowBits() {
        return lowBits;
    }

    /// The upper bound for the bits of a float, compared as integers.
    public int highBits() {
        return highBits;
    }
}
