package org.mobilenet4j.train;

import java.util.LinkedHashSet;
import java.util.Objects;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.NetworkQuantization;

/// Quantization-aware training: the forward pass uses kernels and feature maps as if they were quantized, and the
/// gradients update the float weights behind them as if they were not (Jacob et al., arXiv 1712.05877, section 3).
///
/// Kernels are quantized to 8 bits, with scales that follow the largest weights from step to step. Feature maps
/// start with the given scales.
///
/// @param maps the initial quantization of the feature maps
/// @param kernels the quantization scheme of kernels
/// @param rangeDecay decay of the moving average of each feature map's range, towards the minimum and maximum of
///     the batch; 1 keeps the initial ranges
/// @param ending turns the trained model into a quantized one
public record FakeQuantization(NetworkQuantization maps, Kernels kernels, double rangeDecay, Ending ending) {
    /// How a kernel's scales are chosen.
    public enum Kernels {
        /// Symmetric per output channel, from -127 to 127.
        PER_CHANNEL,
        /// Symmetric per tensor, from -127 to 127.
        PER_TENSOR,
        /// Asymmetric per tensor, with 256 steps from the minimum to the maximum weight.
        PER_TENSOR_ASYMMETRIC;

        public boolean isPerChannel() {
            return this == PER_CHANNEL;
        }

        public boolean isSymmetric() {
            return this != PER_TENSOR_ASYMMETRIC;
        }
    }

    /// Creates the quantized model that is validated and kept.
    @FunctionalInterface
    public interface Ending {
        /// Quantizes the weights of a float model.
        ///
        /// @param trained without batch normalization
        /// @param maps the quantization of its feature maps
        Model quantize(Model trained, NetworkQuantization maps);
    }

    public FakeQuantization {
        Objects.requireNonNull(maps, "maps");
        Objects.requireNonNull(kernels, "kernels");
        Objects.requireNonNull(ending, "ending");
        if (!(rangeDecay >= 0 && rangeDecay <= 1)) {
            throw new BadValueException("the decay of the activation ranges must be in [0, 1], not " + rangeDecay);
        }
    }

    /// Checks that `network` is the one that the ranges were chosen for.
    ///
    /// @throws IllegalArgumentException if `network` still has batch normalization, or lacks a layer with a range
    void check(Network network) {
        var unknown = new LinkedHashSet<>(maps.layers().keySet());
        for (var node : network.nodes()) {
            if (node.layer() instanceof BatchNorm) {
                throw new BadValueException("the layer " + node.name() + " is a batch normalization; quantization-aware"
                        + " training starts from a network with these folded into its convolutions");
            }
            unknown.remove(node.name());
        }
        if (!unknown.isEmpty()) {
            throw new BadValueException("there is a scale for the layer " + unknown.getFirst() + ", which the network "
                    + network.name() + " does not have");
        }
    }

    /// The text used in a checkpoint's identity.
    @Override
    public String toString() {
        return kernels + ", range decay " + rangeDecay + ", " + maps;
    }
}
