package org.mobilenet4j.arch.technique;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.error.BadValueException;

/// Where a network downsamples, given as a stride for each convolution with more than one tap. [StrideSchedule]
/// describes the trade-offs.
///
/// @param strides one for each such convolution, depthwise ones included, in order
public record Strides(List<Integer> strides) implements Technique {
    public Strides {
        Objects.requireNonNull(strides, "strides");
        strides = List.copyOf(strides);
        if (strides.stream().anyMatch(stride -> stride < 1)) {
            throw new BadValueException("strides must be positive, not " + strides);
        }
    }

    /// Reads `2,1,2` or, for strides below ten, `212`.
    static Strides parse(String text) {
        var strides = new ArrayList<Integer>();
        try {
            for (var part : text.split(text.contains(",") ? "," : "(?<=.)(?=.)", -1)) {
                strides.add(Integer.parseUnsignedInt(part));
            }
        } catch (NumberFormatException e) {
            throw new BadValueException(
                    "strides needs integers, for example strides=2121 or strides=2,1,2,1, not '" + text + "'", e);
        }
        return new Strides(strides);
    }

    @Override
    public Network apply(Network network) {
        int count = DownSampling.count(network);
        if (count != strides.size()) {
            throw new BadValueException("the network " + network.name() + " has " + count
                    + " convolutions with more than one tap and needs as many strides, not "
                    + strides.size());
        }
        return Rewriting.network(this, network, DownSampling.body(network, strides), "these are its strides already");
    }

    @Override
    public String toString() {
        boolean areDigits = strides.stream().allMatch(stride -> stride < 10);
        return "strides=" + strides.stream().map(String::valueOf).collect(Collectors.joining(areDigits ? "" : ","));
    }
}
