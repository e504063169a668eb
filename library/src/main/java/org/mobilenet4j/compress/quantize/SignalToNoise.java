package org.mobilenet4j.compress.quantize;

/// Adds up a signal and the error in it.
final class SignalToNoise {
    /// What is said where there is no error, and of a signal that is nothing else, negative.
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

    /// `10 log10(signal / noise)`, within 200 dB of 0.
    double decibels() {
        return noise == 0 ? MOST : Math.clamp(10 * Math.log10(signal / noise), -MOST, MOST);
    }
}
