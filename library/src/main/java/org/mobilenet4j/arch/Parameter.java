package org.mobilenet4j.arch;

import java.util.List;
import org.mobilenet4j.tensor.Tensor;

/// A tensor that a layer needs: its name behind the layer's (`conv1` has `conv1/kernel`), its dimensions, what it is
/// for.
///
/// @param name as Keras calls it: `kernel`, `depthwise_kernel`, `bias`, `gamma`, `beta`, `moving_mean`,
/// `moving_variance`
/// @param dims dimensions, outermost first
/// @param role what it is for
public record Parameter(String name, List<Integer> dims, Role role) {
    /// What a parameter is for; decides which count it is part of.
    public enum Role {
        /// A convolution's or a dense layer's kernel.
        WEIGHT,
        /// An added vector.
        BIAS,
        /// Batch normalization's gamma and beta.
        NORMALIZATION,
        /// Batch normalization's moving mean and variance: kept, not trained.
        STATISTIC
    }

    public Parameter {
        dims = List.copyOf(dims);
    }

    static Parameter weight(String name, Integer... dims) {
        return new Parameter(name, List.of(dims), Role.WEIGHT);
    }

    static Parameter bias(int channels) {
        return new Parameter("bias", List.of(channels), Role.BIAS);
    }

    /// The number of values.
    public int size() {
        return Tensor.elements(dims);
    }
}
