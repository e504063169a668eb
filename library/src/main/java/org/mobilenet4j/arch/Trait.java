package org.mobilenet4j.arch;

import java.util.Set;

/// What those who run, quantize or write a network ask about a layer. Every layer's row stands in one table, so that a
/// new layer does not compile before it has one. That a layer has a kernel is said by its type, [LinearLayer].
public enum Trait {
    /// Its output can overwrite its input, value by value or pixel by pixel.
    IN_PLACE,
    /// It changes the shape alone: the same values in the same order.
    RESHAPES,
    /// It moves values, drops some or interpolates between them: a quantized network stores its output with the scale
    /// of its input.
    MOVES_VALUES,
    /// It makes values in its inputs' range: where scales are chosen, it gets theirs.
    SHARES_SCALE,
    /// It adds or multiplies in more bits than are stored: a quantized network rounds once, behind the activation that
    /// follows.
    ACCUMULATES,
    /// It can apply the activation that follows as it writes its output.
    FUSES_ACTIVATION,
    /// It turns scores into probabilities, from 0 to 1.
    PROBABILITIES;

    /// The traits of `layer`; a [Parallel] answers for its join alone.
    static Set<Trait> of(Layer layer) {
        return switch (layer) {
            case Conv _, DepthwiseConv _, Dense _ -> Set.of(ACCUMULATES, FUSES_ACTIVATION);
            case BatchNorm _ -> Set.of(IN_PLACE, FUSES_ACTIVATION);
            case Activation _ -> Set.of(IN_PLACE);
            case Softmax _, Sigmoid _ -> Set.of(IN_PLACE, PROBABILITIES);
            case Requantize _ -> Set.of(IN_PLACE, SHARES_SCALE);
            case Dropout _ -> Set.of(IN_PLACE, MOVES_VALUES);
            case Flatten _ -> Set.of(RESHAPES, MOVES_VALUES);
            case ChannelShuffle _, ZeroPad _, BilinearResize _ -> Set.of(MOVES_VALUES);
            case Pool pool ->
                switch (pool.kind()) {
                    case MAX -> Set.of(MOVES_VALUES, FUSES_ACTIVATION);
                    case AVERAGE -> Set.of(SHARES_SCALE, FUSES_ACTIVATION);
                };
            case GlobalAveragePool _, LocalResponseNorm _, Sequence _ -> Set.of();
            case Parallel parallel ->
                switch (parallel.join()) {
                    case CONCATENATE -> Set.of(SHARES_SCALE);
                    case ADD, MULTIPLY -> Set.of(ACCUMULATES, FUSES_ACTIVATION);
                };
        };
    }
}
