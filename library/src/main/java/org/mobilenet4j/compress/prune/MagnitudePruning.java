package org.mobilenet4j.compress.prune;

import java.util.List;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.train.WeightConstraint;
import org.mobilenet4j.train.optimize.ParameterLayout;

/// Sets the kernels' smallest weights to zero. Biases and normalizations stay as they are.
///
/// @param sparsity share of zeros among the weights of each kernel, or of all kernels together, from 0
///     to below 1
/// @param scope what is to be as sparse as that
/// @param allKernels whether depthwise kernels and the first one lose weights too; they have so few
///     that it costs more accuracy than bytes
public record MagnitudePruning(double sparsity, Scope scope, boolean allKernels) {
    /// Which weights are compared with each other.
    public enum Scope {
        /// Those of a layer: each becomes as sparse as the others.
        LAYER,
        /// Those of all layers.
        GLOBAL
    }

    public MagnitudePruning {
        if (!(sparsity > 0 && sparsity < 1)) {
            throw new BadValueException("the share of zeros must lie above 0 and below 1, not be " + sparsity
                    + "; 1 would leave no weights");
        }
    }

    /// `model` with its smallest weights zero. Those that are zero already count.
    ///
    /// @throws IllegalArgumentException when the model is quantized, or has no kernel to prune
    public Model prune(Model model) {
        FloatModel.require(model);
        var layout = ParameterLayout.of(model.network());
        float[] values = PrunableKernels.values(model, layout);
        for (var group : groups(layout)) {
            new SmallestWeights(group).zero(values, values, sparsity);
        }
        return PrunableKernels.with(model, layout, values);
    }

    /// The same little by little while a network is trained, along [SparsitySchedule]: weights that are
    /// zero once stay so.
    ///
    /// @param steps after which the network is as sparse as asked for, at least 1
    public WeightConstraint during(long steps) {
        return new SparsitySchedule(this, steps);
    }

    /// The kernels that are pruned, in groups that are compared with each other.
    ///
    /// @throws IllegalArgumentException when there are none
    List<List<ParameterLayout.Place>> groups(ParameterLayout layout) {
        var kernels = allKernels ? PrunableKernels.of(layout) : PrunableKernels.large(layout);
        if (kernels.isEmpty()) {
            throw new BadValueException(
                    "the network has no kernel to prune; depthwise kernels and the first one lose weights only when all"
                            + " are to");
        }
        return switch (scope) {
            case LAYER -> kernels.stream().map(List::of).toList();
            case GLOBAL -> List.of(kernels);
        };
    }
}
