package org.mobilenet4j.app.cli.compare;

/// The largest difference between two arrays of values, over any number of inputs.
final class Difference {
    private double largest;
    private double magnitude;
    private String where = "";

    /// Takes in the values of one input.
    ///
    /// @param name of the input
    void add(float[] a, float[] b, String name) {
        for (int i = 0; i < a.length; i++) {
            magnitude = Math.max(magnitude, Math.max(size(a[i]), size(b[i])));
            double difference = difference(a[i], b[i]);
            if (difference > largest) {
                largest = difference;
                where = name;
            }
        }
    }

    private static double size(float value) {
        return Float.isNaN(value) ? 0 : Math.abs(value);
    }

    /// Infinite where one value is no number and the other is.
    private static double difference(float a, float b) {
        if (a == b || (Float.isNaN(a) && Float.isNaN(b))) {
            return 0;
        }
        double difference = Math.abs((double) a - b);
        return Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference;
    }

    /// The largest absolute difference.
    double largest() {
        return largest;
    }

    /// The largest absolute value of both.
    double magnitude() {
        return magnitude;
    }

    /// [#largest] as a share of [#magnitude].
    double share() {
        if (largest == 0) {
            return 0;
        }
        return magnitude == 0 || Double.isInfinite(largest) ? Double.POSITIVE_INFINITY : largest / magnitude;
    }

    /// The input on which it was largest; empty if there was no difference.
    String where() {
        return where;
    }
}
