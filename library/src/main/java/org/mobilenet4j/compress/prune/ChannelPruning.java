package org.mobilenet4j.compress.prune;

import java.util.BitSet;
import org.mobilenet4j.cost.Cost;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.model.Model;

/// Takes whole channels out of a network, those that matter least first, until it does no more than a
/// share of its work.
///
/// Channels of all layers are ranked together, so that layers lose different shares. In a MobileNet a
/// channel that a pointwise convolution makes goes with its normalization, its filter of the depthwise
/// convolution behind, and its row of the next pointwise kernel; additions, concatenations, groups and
/// shuffles are followed alike. The channels of the input and the output stay, and so do those that a
/// softmax or a local response normalization looks at together.
///
/// What a channel contributed on average is not lost: it moves into the statistics, or the bias, of the
/// layer that read it. That is exact where the channel was the same for every photo and at every place,
/// as behind a batch normalization whose gamma is zero; where a convolution's window reaches into
/// padding, the border is off by the taps that lie there.
///
/// @param multAdds share of the network's mult-adds that is left at most, above 0 and below 1
/// @param by what ranks channels
/// @param multiple what a layer's number of channels is a multiple of, where it loses any, and the
///     fewest that it keeps; 8 leaves no half-empty vectors
public record ChannelPruning(double multAdds, Criterion by, int multiple) {
    public ChannelPruning {
        if (!(multAdds > 0 && multAdds < 1)) {
            throw new BadValueException(
                    "the share of mult-adds that is left must lie above 0 and below 1, not be " + multAdds);
        }
        if (multiple < 1) {
            throw new BadValueException(
                    "the channels of a layer must be a multiple of a positive number, not of " + multiple);
        }
    }

    /// A smaller model.
    ///
    /// @throws IllegalArgumentException when the model is quantized, has no channels to lose, cannot
    ///     become as small, or has channels that `by` says nothing of
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
