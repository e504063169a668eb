package org.mobilenet4j.compress.prune;

import java.util.BitSet;
import java.util.Objects;
import org.mobilenet4j.cost.Cost;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.model.Model;

/// Removes whole channels from a network, the least important first, until its mult-adds are at most a given share.
///
/// Channels of all layers are ranked together, so layers lose different shares. In a MobileNet an output channel of a
/// pointwise convolution is removed together with its normalization, its filter of the following depthwise convolution,
/// and its row of the next pointwise kernel; additions, concatenations, groups and shuffles are traced in the same way.
/// The channels of the input and the output stay, and so do those that a softmax or a local response normalization
/// combines.
///
/// The mean contribution of a removed channel is kept: it moves into the statistics, or the bias, of the layer that
/// read it. This is exact if the channel was constant over photos and positions, as after a batch normalization whose
/// gamma is zero; where a convolution's window reaches into padding, the edge is off by the taps that lie there.
///
/// @param multAdds the largest share of the network's mult-adds to keep, above 0 and below 1
/// @param by the criterion that ranks channels
/// @param multiple the channels of a pruned layer are a multiple of this, and at least as many; 8 leaves no half-empty
///     vectors
public record ChannelPruning(double multAdds, Criterion by, int multiple) {
    public ChannelPruning {
        Objects.requireNonNull(by, "by");
        if (!(multAdds > 0 && multAdds < 1)) {
            throw new BadValueException(
                    "the share of mult-adds to keep must lie above 0 and below 1, not at " + multAdds);
        }
        if (multiple < 1) {
            throw new BadValueException(
                    "the channels of a layer must be a multiple of a positive number, not of " + multiple);
        }
    }

    /// The pruned model.
    ///
    /// @throws IllegalArgumentException when the model is quantized, has no channels to remove, cannot become as
    ///     small, or has channels that `by` cannot rank
    public Model prune(Model model) {
        FloatModel.require(model);
        var ties = ChannelTies.of(model.network());
        var scores = ChannelScores.of(ties, model.weights(), by);
        long limit = (long) Math.floor(multAdds * Cost.of(model.network()).multAdds());
        var removed = new ChannelChoice(ties, scores, multiple).within(limit, gone -> work(ties, gone));
        return SlicedModel.of(model, new ChannelRemoval(ties, removed));
    }

    private static long work(ChannelTies ties, BitSet removed) {
        return Cost.of(new ChannelRemoval(ties, removed).network()).multAdds();
    }
}
