package org.mobilenet4j.arch.technique;

import java.util.Objects;
import org.mobilenet4j.arch.Network;

/// The width multiplier that comes nearest to the mult-adds of another technique: see [NarrowTo].
///
/// @param other the technique to compare with, for example [ShallowBody]
public record NarrowAs(Technique other) implements Technique {
    public NarrowAs {
        Objects.requireNonNull(other, "other");
    }

    @Override
    public Network apply(Network network) {
        return new NarrowTo(NarrowTo.multAdds(other.apply(network))).apply(network, this);
    }

    @Override
    public String toString() {
        return "narrow=" + other;
    }
}
