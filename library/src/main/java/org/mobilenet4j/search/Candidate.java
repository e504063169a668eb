package org.mobilenet4j.search;

import java.util.Objects;
import java.util.OptionalDouble;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.cost.Cost;
import org.mobilenet4j.error.BadValueException;

/// A network that a search may choose.
///
/// @param name its name in reports
/// @param network the network
/// @param cost its cost
/// @param top1 its top-1 accuracy, from 0 to 1, on the photos that all candidates of a search share
/// @param millis latency of one image in milliseconds, predicted or measured; empty if unknown
public record Candidate(String name, Network network, Cost cost, double top1, OptionalDouble millis) {
    public Candidate {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(network, "network");
        Objects.requireNonNull(cost, "cost");
        Objects.requireNonNull(millis, "millis");
        if (!(top1 >= 0 && top1 <= 1)) {
            throw new BadValueException(
                    name + ": an accuracy must lie between 0 and 1, not at " + top1 + "; check where it comes from");
        }
    }

    /// Without a latency.
    public static Candidate of(String name, Network network, double top1) {
        return new Candidate(name, network, Cost.of(network), top1, OptionalDouble.empty());
    }

    /// With a latency.
    public Candidate withMillis(double newMillis) {
        return new Candidate(name, network, cost, top1, OptionalDouble.of(newMillis));
    }
}
