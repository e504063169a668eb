package org.mobilenet4j.formats.graph;

import java.util.Optional;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.model.ActivationQuantization;

/// The activation that a quantized range implies when no operator names it.
///
/// A range that starts at 0 clamps values below, as ReLU does; one that ends at 6 also clamps values above, as ReLU6
/// does. TFLite's older converter relied on this: it makes no difference in integer arithmetic, but does in float.
public final class ImpliedActivation {
    private ImpliedActivation() {}

    /// The activation that `range` implies; empty if the range includes negative values.
    public static Optional<Activation.Function> of(ActivationQuantization range) {
        if (range.low() != 0) {
            return Optional.empty();
        }
        boolean endsAtSix = Math.round(6 / range.scale()) == range.high();
        return Optional.of(endsAtSix ? Activation.Function.RELU6 : Activation.Function.RELU);
    }
}
