package org.mobilenet4j.compress.prune;

import java.util.List;
import java.util.Objects;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.train.WeightConstraint;
import org.mobilenet4j.train.optimize.ParameterLayout;

/// Sets the smallest weights of kernels to zero. Biases and normalizations stay as they are.
///
/// @param sparsity share of zeros among the weights of each kernel, or of all kernels together, from 0
///     to below 1
/// @param scope whether that holds for each kernel or for all together
/// @param allKernels whether to prune depthwise kernels and the first one too; they have so few weights that this loses
///     accuracy and saves little
public record MagnitudePruning(double sparsity, Scope scope, boolean allKernels) {
    /// Which weights are compared with each other.
    public enum Scope {
        /// Those of each layer: all layers become equally sparse.
        LAYER,
        /// Those of all layers.
        GLOBAL
    }

    public MagnitudePruning {
        Objects.requireNonNull(scope, "scope");
        if (!(sparsity > 0 && sparsity < 1)) {
            throw new BadValueException(
                    "the sparsity must lie above 0 and below 1, not at " + sparsity + "; 1 would leave no weights");
        }
    }

    /// `model` with its smallest weights set to zero. Weights that are already zero count.
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

    /// Gradual pruning during training, by a [SparsitySchedule]: weights that became zero stay zero.
    ///
    /// @param steps number of steps until the final sparsity, at least 1
    public WeightConstraint during(long steps) {
        return new SparsitySchedule(this, steps);
    }

    /// The kernels to prune, in groups whose weights are compared with each other.
    ///
    /// @throws IllegalArgumentException when there are none
    List<List<ParameterLayout.Place>> groups(ParameterLayout layout) {
        var kernels = allKernels ? PrunableKernels.of(layout) : PrunableKernels.large(layout);
        if (kernels.isEmpty()) {
            throw new BadValueException(
                    "the network has no kernel to prune; depthwise kernels and the first one are pruned only if all"
                            + " kernels are");
        }
        return switch (scope) {
            case LAYER -> kernels.stream().map(List::of).toList();
            case GLOBAL -> List.of(kernels);
        };
    }
}
