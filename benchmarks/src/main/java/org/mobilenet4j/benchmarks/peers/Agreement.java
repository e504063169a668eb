package org.mobilenet4j.benchmarks.peers;

import org.jspecify.annotations.Nullable;

/// Checks that engines compute the same outputs.
final class Agreement {
    /// Tolerance for float sums, as a share of the largest output.
    static final double FLOATS = 1e-4;

    /// Tolerance if some engines quantize to 8 bits after each layer, each in its own way, and others do not:
    /// enough to detect an engine that computes something else.
    static final double STORED = 0.25;

    /// Tolerance for losses of a training whose products are of rounded factors.
    static final double ROUNDED = 1e-2;

    private float @Nullable [] reference;
    private final double limit;

    /// @param reference outputs known to be right; null to use those of the first engine checked
    /// @param limit the maximum difference, as a share of the largest output
    Agreement(float @Nullable [] reference, double limit) {
        this.reference = reference;
        this.limit = limit;
    }

    /// The largest difference of an output from its reference, as a share of the largest reference.
    ///
    /// @throws IllegalStateException if it exceeds the limit, or the number of outputs differs
    double check(String engine, float[] outputs) {
        return check(engine, outputs, 0);
    }

    /// The same for an engine with a tolerance of its own, if that is larger.
    double check(String engine, float[] outputs, double tolerance) {
        if (reference == null) {
            reference = outputs.clone();
        }
        if (outputs.length != reference.length) {
            throw new IllegalStateException(engine + ": gave " + outputs.length + " outputs, not " + reference.length);
        }
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < outputs.length; i++) {
            largest = Math.max(largest, Math.abs(reference[i]));
            difference = Math.max(difference, Math.abs((double) reference[i] - outputs[i]));
        }
        double share = difference / largest;
        double most = Math.max(limit, tolerance);
        if (!(share <= most)) { // also rejects NaN
            throw new IllegalStateException(engine + ": its outputs are wrong: they differ from the reference by "
                    + share + " of the largest output, over the limit of " + most);
        }
        return share;
    }
}
