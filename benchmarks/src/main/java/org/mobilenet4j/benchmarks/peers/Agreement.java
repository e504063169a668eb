package org.mobilenet4j.benchmarks.peers;

import org.jspecify.annotations.Nullable;

/// Whether engines compute the same.
final class Agreement {
    /// How far sums of floats may drift apart, as a share of the largest output.
    static final double FLOATS = 1e-4;

    /// The same where some engines round to eight bits behind each layer, each in its own way, and others do not:
    /// enough
    /// to tell an engine that computes something else.
    static final double STORED = 0.25;

    private float @Nullable [] reference;
    private final double limit;

    /// @param reference outputs that are known to be right; null for those of the first engine that is checked
    /// @param limit how far outputs may be off, as a share of the largest
    Agreement(float @Nullable [] reference, double limit) {
        this.reference = reference;
        this.limit = limit;
    }

    /// The largest difference of an output from its reference, as a share of the largest reference.
    ///
    /// @throws IllegalStateException when it is over the limit, or the number of outputs is another
    double check(String engine, float[] outputs) {
        if (reference == null) {
            reference = outputs.clone();
        }
        if (outputs.length != reference.length) {
            throw new IllegalStateException(engine + ": made " + outputs.length + " outputs, not " + reference.length);
        }
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < outputs.length; i++) {
            largest = Math.max(largest, Math.abs(reference[i]));
            difference = Math.max(difference, Math.abs((double) reference[i] - outputs[i]));
        }
        double share = difference / largest;
        if (!(share <= limit)) { // NaN neither
            throw new IllegalStateException(engine + ": its outputs are wrong: they differ from the reference by "
                    + share + " of the largest output, over the limit of " + limit);
        }
        return share;
    }
}
