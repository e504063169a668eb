package org.mobilenet4j.train.op;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.train.optimize.ParameterLayout;

/// Where a layer's kernel and bias lie, and whether they are trained.
public record LayerWeights(
        ParameterLayout.Place kernel, ParameterLayout.@Nullable Place bias, boolean isTrained, int shards) {
    /// The first parameter is the kernel, a second one the bias.
    public static LayerWeights of(Node node, ParameterLayout layout, boolean isTrained, int shards) {
        var parameters = node.parameters();
        var kernel = layout.place(node.name() + "/" + parameters.getFirst().name());
        var bias = parameters.size() > 1 ? layout.place(node.name() + "/bias") : null;
        return new LayerWeights(kernel, bias, isTrained, shards);
    }

    /// Memory for the gradients of the kernel as a matrix of `width` columns; none if it is frozen.
    @Nullable
    WeightSums sums(int width) {
        return isTrained ? new WeightSums(kernel, bias, width, 0, width, shards) : null;
    }

    /// The same for the columns of each of `groups` groups; an empty array if the kernel is frozen.
    WeightSums[] groupSums(int groups, int columns) {
        var sums = new WeightSums[isTrained ? groups : 0];
        int width = columns / groups;
        Arrays.setAll(sums, group -> new WeightSums(kernel, bias, columns, group * width, width, shards));
        return sums;
    }
}
