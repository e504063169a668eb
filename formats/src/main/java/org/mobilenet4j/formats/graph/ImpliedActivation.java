package org.mobilenet4j.formats.graph;

import java.util.Optional;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.model.ActivationQuantization;

/// The activation that a quantized range stands for, though no operator names it.
///
/// A range that begins at zero cuts off what is below, as ReLU does; where it ends at 6, it also cuts off what is
/// above. TFLite's older converter left it at that, which changes nothing for integers and everything for floats.
public final class ImpliedActivation {
    private ImpliedActivation() {}

    /// The activation that `range` implies; empty when it holds numbers below zero.
    public static Optional<Activation.Function> of(ActivationQuantization range) {
        if (range.low() != 0) {
            return Optional.empty();
        }
        boolean endsAtSix = Math.round(6 / range.scale()) == range.high();
        return Optional.of(endsAtSix ? Activation.Function.RELU6 : Activation.Function.RELU);
    }
}
