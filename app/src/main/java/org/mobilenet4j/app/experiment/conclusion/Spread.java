package org.mobilenet4j.app.experiment.conclusion;

/// Figures of several seeds.
///
/// @param count how many
/// @param mean of them
/// @param deviation the sample standard deviation, `sqrt(sum (x - mean)^2 / (count - 1))`; NaN for one
///     figure alone
public record Spread(int count, double mean, double deviation) {
    /// Of `figures`, at least one.
    static Spread of(double... figures) {
        double sum = 0;
        for (double figure : figures) {
            sum += figure;
        }
        double mean = sum / figures.length;
        double squares = 0;
        for (double figure : figures) {
            squares += (figure - mean) * (figure - mean);
        }
        double deviation = figures.length == 1 ? Double.NaN : Math.sqrt(squares / (figures.length - 1));
        return new Spread(figures.length, mean, deviation);
    }

    /// The standard error of the mean, `deviation / sqrt(count)`.
    double error() {
        return deviation / Math.sqrt(count);
    }
}
