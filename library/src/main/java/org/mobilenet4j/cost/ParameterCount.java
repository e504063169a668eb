package org.mobilenet4j.cost;

import java.util.Collection;
import org.mobilenet4j.arch.Parameter;

/// The number of parameters of a layer or a network, counted in the three usual ways.
///
/// @param weights kernels alone: how the paper counts
/// @param trainable with biases and batch normalization's gamma and beta
/// @param withStatistics with batch normalization's moving mean and variance too: the total that Keras prints
public record ParameterCount(long weights, long trainable, long withStatistics) {
    /// Zero.
    public static final ParameterCount NONE = new ParameterCount(0, 0, 0);

    static ParameterCount of(Collection<Parameter> parameters) {
        long weights = 0;
        long trainable = 0;
        long all = 0;
        for (var parameter : parameters) {
            long size = parameter.size();
            all += size;
            trainable += parameter.role() == Parameter.Role.STATISTIC ? 0 : size;
            weights += parameter.role() == Parameter.Role.WEIGHT ? size : 0;
        }
        return new ParameterCount(weights, trainable, all);
    }

    ParameterCount plus(ParameterCount other) {
        return new ParameterCount(
                weights + other.weights, trainable + other.trainable, withStatistics + other.withStatistics);
    }
}
