package org.mobilenet4j.arch;

import java.util.Objects;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.tensor.Shape;

/// Spreads each group's channels over all groups, so that information flows between grouped convolutions (ShuffleNet):
/// with `g` groups of `n` channels, output channel `i*g + j` is input channel `j*n + i`.
///
/// @param groups number of groups; must divide the number of channels
public record ChannelShuffle(String name, int groups) implements Leaf {
    public ChannelShuffle {
        Objects.requireNonNull(name, "name");
        if (groups < 1) {
            throw new BadValueException(name + ": the number of groups must be positive, not " + groups);
        }
    }

    @Override
    public Shape outputShape(Shape input) {
        if (input.channels() % groups != 0) {
            throw new BadValueException(
                    name + ": the channels of its input " + input + " do not divide into " + groups + " groups");
        }
        return input;
    }
}
