package org.mobilenet4j.train;

import java.util.LinkedHashSet;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.NetworkQuantization;

/// What training takes into account of the integers that the network will compute with: it reads kernels and
/// feature maps as if they were stored as such, and changes the floats behind them as if they were not (Jacob et al.,
/// arXiv 1712.05877, section 3).
///
/// Kernels are rounded to 8 bits in scales that follow the largest weights from step to step. Feature maps start from
/// the
/// scales they are given.
///
/// @param maps how feature maps are stored at first
/// @param kernels how kernels are stored
/// @param rangeDecay how much of a map's range stays at each step, the rest coming from the least and greatest value of
///     the batch; 1 leaves all ranges as they are at first
/// @param ending what makes a quantized model of what was trained
public record FakeQuantization(NetworkQuantization maps, Kernels kernels, double rangeDecay, Ending ending) {
    /// How a kernel's scales are chosen.
    public enum Kernels {
        /// For each output channel, from -127 to 127 around zero.
        PER_CHANNEL,
        /// One in all, from -127 to 127 around zero.
        PER_TENSOR,
        /// One in all, with 256 numbers from the least weight to the greatest.
        PER_TENSOR_ASYMMETRIC;

        public boolean isPerChannel() {
            return this == PER_CHANNEL;
        }

        public boolean isSymmetric() {
            return this != PER_TENSOR_ASYMMETRIC;
        }
    }

    /// Makes the model that is validated and kept.
    @FunctionalInterface
    public interface Ending {
        /// Rounds the weights of a model of floats.
        ///
        /// @param trained without batch normalization
        /// @param maps how its feature maps are to be stored
        Model quantize(Model trained, NetworkQuantization maps);
    }

    public FakeQuantization {
        if (!(rangeDecay >= 0 && rangeDecay <= 1)) {
            throw new BadValueException("the decay of the maps' ranges must lie in [0, 1], not " + rangeDecay);
        }
    }

    /// Checks that `network` is the one that the ranges were chosen for.
    ///
    /// @throws IllegalArgumentException when `network` still normalizes batches, or has not the layers of the maps
    void check(Network network) {
        var unknown = new LinkedHashSet<>(maps.layers().keySet());
        for (var node : network.nodes()) {
            if (node.layer() instanceof BatchNorm) {
                throw new BadValueException("the layer " + node.name() + " normalizes batches; training for"
                        + " integers starts from a network with that folded into its convolutions");
            }
            unknown.remove(node.name());
        }
        if (!unknown.isEmpty()) {
            throw new BadValueException("there is a scale for the layer " + unknown.getFirst() + ", which the network "
                    + network.name() + " does not have");
        }
    }

    /// As the identity of a training has it.
    @Override
    public String toString() {
        return kernels + ", range decay " + rangeDecay + ", " + maps;
    }
}
