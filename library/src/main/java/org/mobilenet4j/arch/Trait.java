package org.mobilenet4j.arch;

import java.util.Set;

/// Properties of layers that matter to inference, quantization and export. All layers stand in one table, so a new
/// layer does not compile without an entry. Whether a layer has a kernel is told by its type, [LinearLayer].
public enum Trait {
    /// Its output can overwrite its input, value by value or pixel by pixel.
    IN_PLACE,
    /// It changes only the shape: the same values in the same order.
    RESHAPES,
    /// It moves values, drops some or interpolates between them: in a quantized network its output has the scale
    /// of its input.
    MOVES_VALUES,
    /// Its output stays within the range of its inputs: calibration gives it their scale.
    SHARES_SCALE,
    /// It accumulates in more bits than its output has: a quantized network rounds once, after the activation that
    /// follows.
    ACCUMULATES,
    /// The activation that follows can be fused into it.
    FUSES_ACTIVATION,
    /// It turns logits into probabilities, from 0 to 1.
    PROBABILITIES;

    /// The traits of `layer`; for a [Parallel], those of its join.
    static Set<Trait> of(Layer layer) {
        return switch (layer) {
            case Conv _, DepthwiseConv _, Dense _ -> Set.of(ACCUMULATES, FUSES_ACTIVATION);
            case BatchNorm _ -> Set.of(IN_PLACE, FUSES_ACTIVATION);
            case Activation _, Nonlinearity _, Prelu _ -> Set.of(IN_PLACE);
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
