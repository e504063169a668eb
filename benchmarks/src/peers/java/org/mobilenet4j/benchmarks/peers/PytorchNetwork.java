package org.mobilenet4j.benchmarks.peers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import java.util.function.UnaryOperator;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.GlobalAveragePool;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.model.Weights;

/// The layers of a folded MobileNet as PyTorch operations.
///
/// PyTorch pads all sides equally; TensorFlow's SAME pads only the end of an even feature map under stride 2. So
/// images and kernels are mirrored once: then the end is the beginning, what PyTorch pads at the end is under no
/// window, and nothing is copied just to be padded.
final class PytorchNetwork {
    private final NDManager manager;
    private final Weights weights;

    PytorchNetwork(NDManager manager, Weights weights) {
        this.manager = manager;
        this.weights = weights;
    }

    /// The operation of a layer.
    UnaryOperator<NDArray> operation(Node node) {
        return switch (node.layer()) {
            case Conv conv -> conv(node, conv.window(), 1);
            case DepthwiseConv conv -> conv(node, conv.window(), node.input().channels());
            case Activation _ -> map -> map.clip(0, 6);
            case GlobalAveragePool _ -> Pool::globalAvgPool2d;
            case Dense _ -> {
                var kernel = kernel(node, 1, 1)
                        .reshape(node.output().channels(), node.input().channels());
                var bias = bias(node);
                yield vector -> Linear.linear(vector, kernel, bias).singletonOrThrow();
            }
            case Softmax _ -> vector -> vector.softmax(1);
            default -> throw new IllegalArgumentException(node.name() + " is not a layer of a folded MobileNet");
        };
    }

    /// The mirrored images.
    NDArray images(Workload workload, org.mobilenet4j.tensor.Shape shape) {
        var images = workload.channelsFirst(shape);
        int pixels = shape.pixels();
        var mirrored = new float[images.length];
        for (int i = 0; i < images.length; i++) {
            mirrored[i] = images[i / pixels * pixels + (pixels - 1 - i % pixels)];
        }
        return manager.create(mirrored, new Shape(workload.batch(), shape.channels(), shape.height(), shape.width()));
    }

    private UnaryOperator<NDArray> conv(Node node, Window window, int groups) {
        var kernel = kernel(node, window.height(), window.width());
        var bias = bias(node);
        var stride = new Shape(window.strideRows(), window.strideColumns());
        var padding = new Shape(window.bottom(node.input()), window.right(node.input()));
        var dilation = new Shape(1, 1);
        return map -> Conv2d.conv2d(map, kernel, bias, stride, padding, dilation, groups)
                .singletonOrThrow();
    }

    /// `H x W x I x O` as the mirrored `O x I x H x W`.
    private NDArray kernel(Node node, int rows, int columns) {
        String name = node.name() + "/" + node.parameters().getFirst().name();
        var ours = weights.get(name).toArray();
        int outputs = node.output().channels();
        int taps = rows * columns;
        int inputs = ours.length / taps / outputs;
        var values = new float[ours.length];
        for (int i = 0; i < values.length; i++) {
            int output = i / (inputs * taps);
            int input = i / taps % inputs;
            int tap = taps - 1 - i % taps;
            values[i] = ours[(tap * inputs + input) * outputs + output];
        }
        return manager.create(values, new Shape(outputs, inputs, rows, columns));
    }

    private NDArray bias(Node node) {
        return manager.create(weights.get(node.name() + "/bias").toArray());
    }
}
