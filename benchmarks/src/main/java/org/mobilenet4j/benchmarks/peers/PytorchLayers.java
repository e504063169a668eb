package org.mobilenet4j.benchmarks.peers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.BilinearResize;
import org.mobilenet4j.arch.ChannelShuffle;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.Dropout;
import org.mobilenet4j.arch.Flatten;
import org.mobilenet4j.arch.GlobalAveragePool;
import org.mobilenet4j.arch.LocalResponseNorm;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.arch.Nonlinearity;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Prelu;
import org.mobilenet4j.arch.Requantize;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Sigmoid;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.arch.ZeroPad;

/// The layers of a MobileNet in training as PyTorch operations, from NCHW images to scores. Batch normalization
/// uses the batch's statistics and updates the moving ones.
final class PytorchLayers {
    private final PytorchParameters parameters;
    private final float batchNormDecay;
    private final List<UnaryOperator<NDArray>> operations = new ArrayList<>();

    /// @throws IllegalArgumentException naming a layer that MobileNet does not have, that is padded asymmetrically,
    ///     which PyTorch does not support, or that draws random numbers, as PyTorch's differ
    PytorchLayers(Network network, PytorchParameters parameters, double batchNormDecay) {
        this.parameters = parameters;
        this.batchNormDecay = (float) batchNormDecay;
        for (var node : network.nodes()) {
            if (!(node.layer() instanceof Softmax)) { // part of the loss
                operations.add(operation(node));
            }
        }
    }

    /// One row of scores per image.
    NDArray scores(NDArray images) {
        var value = images;
        for (var operation : operations) {
            value = operation.apply(value);
        }
        return value;
    }

    private UnaryOperator<NDArray> operation(Node node) {
        return switch (node.layer()) {
            case Conv conv when conv.groups() == 1 -> conv(node, conv.window(), 1);
            case DepthwiseConv conv -> conv(node, conv.window(), node.input().channels());
            case BatchNorm norm -> norm(norm);
            case Activation activation when activation.equals(Activation.relu6(node.name())) -> map -> map.clip(0, 6);
            case GlobalAveragePool _ -> Pool::globalAvgPool2d;
            case Dense _ -> {
                var kernel = parameters.get(node.name() + "/kernel");
                var bias = parameters.get(node.name() + "/bias");
                yield vector -> Linear.linear(vector, kernel, bias).singletonOrThrow();
            }
            case Conv _,
                    Activation _,
                    org.mobilenet4j.arch.Pool _,
                    Flatten _,
                    Dropout _,
                    Softmax _,
                    Sigmoid _,
                    Nonlinearity _,
                    Prelu _,
                    LocalResponseNorm _,
                    ChannelShuffle _,
                    ZeroPad _,
                    BilinearResize _,
                    Requantize _,
                    Sequence _,
                    Parallel _ -> throw new IllegalArgumentException(node.name() + " is not supported here");
        };
    }

    private UnaryOperator<NDArray> conv(Node node, Window window, int groups) {
        var input = node.input();
        if (window.top(input) != window.bottom(input) || window.left(input) != window.right(input)) {
            throw new IllegalArgumentException(
                    node.name() + " is padded asymmetrically, which PyTorch does not support; use symmetric padding");
        }
        var names = node.parameters();
        var kernel = parameters.get(node.name() + "/" + names.getFirst().name());
        @Nullable NDArray bias = names.size() == 1 ? null : parameters.get(node.name() + "/bias");
        var stride = new Shape(window.strideRows(), window.strideColumns());
        var padding = new Shape(window.top(input), window.left(input));
        var dilation = new Shape(window.dilation(), window.dilation());
        return map -> Conv2d.conv2d(map, kernel, bias, stride, padding, dilation, groups)
                .singletonOrThrow();
    }

    private UnaryOperator<NDArray> norm(BatchNorm norm) {
        var mean = parameters.get(norm.name() + "/moving_mean");
        var variance = parameters.get(norm.name() + "/moving_variance");
        var gamma = parameters.get(norm.name() + "/gamma");
        var beta = parameters.get(norm.name() + "/beta");
        // Axis -1 is the channel axis; DJL would move any other one there first.
        return map -> ai.djl.nn.norm.BatchNorm.batchNorm(
                        map, mean, variance, gamma, beta, -1, batchNormDecay, (float) norm.epsilon(), true)
                .singletonOrThrow();
    }
}
