package org.mobilenet4j.machine.recipe;

import java.util.List;
import org.mobilenet4j.kernel.layout.Clamp;
import org.mobilenet4j.kernel.layout.Plane;

/// `out = clamp(function(inputs))`, value by value.
///
/// @param inputs read, all of the output's shape and in the same memory; one, but for sums and products
/// @param out    written; may be one of the inputs
public record ElementwiseShape(Function function, List<Plane> inputs, Plane out, Clamp clamp) {
    /// Inputs that there are registers for.
    public static final int MOST_INPUTS = 6;

    /// What is done with the inputs.
    public enum Function {
        /// `in`: a copy, or an activation.
        COPY,
        /// `in * scale[channel] + shift[channel]`, rounded twice.
        SCALE_SHIFT,
        /// `0 + in[0] + in[1] + ...`
        SUM,
        /// `1 * in[0] * in[1] * ...`
        PRODUCT
    }

    public ElementwiseShape {
        inputs = List.copyOf(inputs);
        boolean takesSeveral = function == Function.SUM || function == Function.PRODUCT;
        if (inputs.isEmpty() || inputs.size() > (takesSeveral ? MOST_INPUTS : 1)) {
            throw new IllegalArgumentException(function + " of " + inputs.size() + " maps");
        }
        for (Plane in : inputs) {
            if (!in.shape().equals(out.shape())) {
                throw new IllegalArgumentException("no " + function + " from " + in.shape() + " to " + out.shape());
            }
        }
    }

    ClampCode clampCode() {
        return ClampCode.of(clamp);
    }
}
