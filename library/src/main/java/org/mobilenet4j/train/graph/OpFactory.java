package org.mobilenet4j.train.graph;

import java.util.Arrays;
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
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.arch.Nonlinearity;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.arch.Prelu;
import org.mobilenet4j.arch.Requantize;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Sigmoid;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.arch.ZeroPad;
import org.mobilenet4j.kernel.Kernels;
import org.mobilenet4j.tensor.Shape;
import org.mobilenet4j.train.op.BilinearOp;
import org.mobilenet4j.train.op.DepthwiseOp;
import org.mobilenet4j.train.op.DropoutOp;
import org.mobilenet4j.train.op.FeatureMap;
import org.mobilenet4j.train.op.GemmOp;
import org.mobilenet4j.train.op.GlobalPoolOp;
import org.mobilenet4j.train.op.Im2colConvOp;
import org.mobilenet4j.train.op.LayerWeights;
import org.mobilenet4j.train.op.NonlinearityOp;
import org.mobilenet4j.train.op.PoolOp;
import org.mobilenet4j.train.op.PreluOp;
import org.mobilenet4j.train.op.RearrangeOp;
import org.mobilenet4j.train.op.ResponseNormOp;
import org.mobilenet4j.train.op.SigmoidOp;
import org.mobilenet4j.train.op.SoftmaxOp;
import org.mobilenet4j.train.op.TrainingOp;
import org.mobilenet4j.train.op.View;
import org.mobilenet4j.train.optimize.ParameterLayout;

/// Creates the training operation of each layer.
///
/// @param shards number of shards that a batch is split into
/// @param seed of dropout
record OpFactory(ParameterLayout layout, Kernels kernels, int shards, long seed) {
    OpFactory(ParameterLayout layout, TrainingGraph.TrainingOptions options) {
        this(layout, options.kernels(), options.shards(), options.seed());
    }

    /// Whether the input channels of `node` must be repeated, as for a depthwise convolution with several outputs
    /// per channel.
    boolean repeats(Node node) {
        return node.layer() instanceof DepthwiseConv conv && conv.channelMultiplier() > 1;
    }

    TrainingOp create(Node node, View input, FeatureMap output, boolean isTrained) {
        return switch (node.layer()) {
            case Conv conv
            when conv.window().isPointwise() && conv.groups() == 1 ->
                new GemmOp(input, output, weights(node, isTrained), kernels);
            case Conv conv -> new Im2colConvOp(input, output, conv, weights(node, isTrained), kernels);
            case Dense _ -> new GemmOp(input, output, weights(node, isTrained), kernels);
            case DepthwiseConv conv -> new DepthwiseOp(input, output, conv, weights(node, isTrained), kernels);
            case GlobalAveragePool _ -> new GlobalPoolOp(input, output);
            case Pool pool -> new PoolOp(input, output, pool);
            case Dropout dropout -> new DropoutOp(input, output, dropout, seed);
            case Softmax _ -> new SoftmaxOp(input, output);
            case BilinearResize resize -> new BilinearOp(input, output, resize);
            case Sigmoid _ -> new SigmoidOp(input, output);
            case Nonlinearity layer -> new NonlinearityOp(input, output, layer);
            case Prelu _ -> new PreluOp(input, output, weights(node, isTrained));
            case LocalResponseNorm norm -> new ResponseNormOp(input, output, norm);
            case Flatten _ ->
                new RearrangeOp(input, output, RearrangeOp.repeat(node.input().elements(), 1));
            case ChannelShuffle shuffle -> new RearrangeOp(input, output, shuffled(node.input(), shuffle.groups()));
            case ZeroPad pad ->
                new RearrangeOp(
                        input,
                        output,
                        padded(
                                node.input(),
                                node.output(),
                                pad.padding().top(),
                                pad.padding().left()));
            case BatchNorm _, Activation _, Requantize _, Sequence _, Parallel _ ->
                throw new IllegalStateException(node.layer() + " is not an operation of its own");
        };
    }

    private LayerWeights weights(Node node, boolean isTrained) {
        return LayerWeights.of(node, layout, isTrained, shards);
    }

    private static int[] shuffled(Shape shape, int groups) {
        var sources = new int[shape.elements()];
        int each = shape.channels() / groups;
        for (int i = 0; i < sources.length; i++) {
            int c = i % shape.channels();
            sources[i] = i - c + c % groups * each + c / groups;
        }
        return sources;
    }

    private static int[] padded(Shape in, Shape out, int top, int left) {
        var sources = new int[out.elements()];
        Arrays.fill(sources, RearrangeOp.NONE);
        int row = in.width() * in.channels();
        for (int i = 0; i < in.elements(); i++) {
            int y = i / row + top;
            sources[(y * out.width() + left) * out.channels() + i % row] = i;
        }
        return sources;
    }
}
