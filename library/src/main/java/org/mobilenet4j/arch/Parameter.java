package org.mobilenet4j.arch;

import java.util.List;
import java.util.Objects;
import org.mobilenet4j.tensor.Tensor;

/// A tensor that a layer needs: its name, which follows the layer's (`conv1` has `conv1/kernel`), its dimensions and
/// its role.
///
/// @param name as Keras calls it: `kernel`, `depthwise_kernel`, `bias`, `gamma`, `beta`, `moving_mean`,
/// `moving_variance`, `alpha`
/// @param dims dimensions, outermost first
/// @param role decides which parameter counts include it
public record Parameter(String name, List<Integer> dims, Role role) {
    /// What a parameter does; decides which parameter counts include it.
    public enum Role {
        /// A convolution's or a dense layer's kernel.
        WEIGHT,
        /// A bias vector, or the slopes of a PReLU.
        BIAS,
        /// Batch normalization's gamma and beta.
        NORMALIZATION,
        /// Batch normalization's moving mean and variance: updated, not trained by gradients.
        STATISTIC
    }

    public Parameter {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(dims, "dims");
        Objects.requireNonNull(role, "role");
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
