package org.mobilenet4j.app.experiment.conclusion;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/// With which power of a multiplier a cost goes: the slope of one logarithm over the other.
final class Exponent {
    static final String RULE = "The exponents, by least squares on logarithms, lie between 1.5 and 2.25.";

    private static final double LEAST = 1.5;
    private static final double MOST = 2.25;

    private Exponent() {}

    static double of(List<Outcome> outcomes, ToDoubleFunction<Outcome> multiplier, ToLongFunction<Outcome> cost) {
        return Line.throughDoublings(
                        outcomes.stream().mapToDouble(multiplier).toArray(),
                        outcomes.stream()
                                .mapToDouble(outcome -> Math.log((double) cost.applyAsLong(outcome)) / Math.log(2))
                                .toArray())
                .slope();
    }

    static boolean isSquare(double exponent) {
        return exponent >= LEAST && exponent <= MOST;
    }
}
