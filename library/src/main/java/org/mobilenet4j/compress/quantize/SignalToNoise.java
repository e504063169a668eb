package org.mobilenet4j.compress.quantize;

/// Accumulates a signal and its error.
final class SignalToNoise {
    /// The result if there is no error; negated, the result if there is nothing but error.
    private static final double MOST = 200;

    private double signal;
    private double noise;

    void add(float[] exact, float[] rounded) {
        for (int i = 0; i < exact.length; i++) {
            double error = (double) exact[i] - rounded[i];
            signal += (double) exact[i] * exact[i];
            noise += error * error;
        }
    }

    /// `10 log10(signal / noise)`, clamped to -200 to 200 dB.
    double decibels() {
        return noise == 0 ? MOST : Math.clamp(10 * Math.log10(signal / noise), -MOST, MOST);
    }
}
