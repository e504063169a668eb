package org.mobilenet4j.arch.technique;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.error.BadValueException;

/// Moves downsampling to other layers: the total stride of the convolutions stays the same, but the strides of 2 come
/// early, late or evenly spaced. Early saves work and loses features, late keeps features and saves little, evenly
/// spaced is the compromise.
///
/// Only convolutions with more than one tap take part, and none in a branch. Pooling stays where it is.
///
/// @param place where the strides go
public record StrideSchedule(Place place) implements Technique {
    public StrideSchedule {
        Objects.requireNonNull(place, "place");
    }

    /// Where the strides of 2 go, for `k` of them on `n` convolutions.
    public enum Place {
        /// To the first `k`.
        EARLY,
        /// To the last `k`.
        LATE,
        /// To those of index `i * n / k`, so that each size has the same number of convolutions, give or take one.
        EVEN
    }

    @Override
    public Network apply(Network network) {
        var strides = new ArrayList<>(DownSampling.strides(network));
        var chain = DownSampling.chain(network);
        int total = chain.stream().map(strides::get).reduce(1, Math::multiplyExact);
        int halvings = Integer.numberOfTrailingZeros(total);
        if (total != 1 << halvings || halvings > chain.size()) {
            throw new BadValueException(this + " does not fit " + network.name() + ": its " + chain.size()
                    + " convolutions have a total stride of " + total
                    + ", which that many strides of 2 cannot give");
        }
        var placed = places(chain.size(), halvings);
        for (int i = 0; i < chain.size(); i++) {
            strides.set(chain.get(i), placed.get(i));
        }
        var body = DownSampling.body(network, strides);
        return Rewriting.network(
                this,
                network,
                body,
                total == 1 ? "its convolutions have no strides" : "its strides are placed so already");
    }

    private List<Integer> places(int convolutions, int halvings) {
        var strides = new ArrayList<>(Collections.nCopies(convolutions, 1));
        for (int i = 0; i < halvings; i++) {
            int index = switch (place) {
                case EARLY -> i;
                case LATE -> convolutions - 1 - i;
                case EVEN -> i * convolutions / halvings;
            };
            strides.set(index, 2);
        }
        return strides;
    }

    @Override
    public String toString() {
        return place.name().toLowerCase(Locale.ROOT);
    }
}
