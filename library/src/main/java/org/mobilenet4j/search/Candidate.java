package org.mobilenet4j.search;

import java.util.OptionalDouble;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.cost.Cost;
import org.mobilenet4j.error.BadValueException;

/// A network that could be chosen.
///
/// @param name by which people find it
/// @param network its layers
/// @param cost of it
/// @param top1 its accuracy, between 0 and 1, on photos that all candidates of a search were measured on
/// @param millis predicted or measured, for one image; nothing where nobody asked
public record Candidate(String name, Network network, Cost cost, double top1, OptionalDouble millis) {
    public Candidate {
        if (!(top1 >= 0 && top1 <= 1)) {
            throw new BadValueException(
                    name + ": an accuracy lies between 0 and 1, not at " + top1 + "; check the result that says so");
        }
    }

    /// Without a latency.
    public static Candidate of(String name, Network network, double top1) {
        return new Candidate(name, network, Cost.of(network), top1, OptionalDouble.empty());
    }

    /// The same with a latency.
    public Candidate withMillis(double newMillis) {
        return new Candidate(name, network, cost, top1, OptionalDouble.of(newMillis));
    }
}
