package org.mobilenet4j.train.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
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
import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.arch.Prelu;
import org.mobilenet4j.arch.Requantize;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Sigmoid;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.arch.Trait;
import org.mobilenet4j.arch.ZeroPad;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.kernel.Kernels;
import org.mobilenet4j.kernel.layout.Clamp;
import org.mobilenet4j.kernel.training.NormKernel;
import org.mobilenet4j.tensor.Shape;
import org.mobilenet4j.train.op.BatchNormState;
import org.mobilenet4j.train.op.FeatureMap;
import org.mobilenet4j.train.op.JoinOp;
import org.mobilenet4j.train.op.MultiplyOp;
import org.mobilenet4j.train.op.RearrangeOp;
import org.mobilenet4j.train.op.TrainingOp;
import org.mobilenet4j.train.op.View;
import org.mobilenet4j.train.optimize.ParameterLayout;

/// A network prepared for training: the feature maps that are kept, the operations between them, and how each
/// operation reads its inputs.
///
/// Batch normalizations and activations are not operations: the readers of a feature map apply them on the fly. So
/// a feature map is written once and read once in the forward pass.
public final class TrainingGraph {
    private final Network network;
    private final ParameterLayout layout;
    private final TrainingOptions options;
    private final NormKernel kernel;
    private final OpFactory factory;
    private final FakeQuantizers ranges;
    private final View[] views;
    private final List<List<Node>> readers = new ArrayList<>();
    private final List<TrainingOp> ops = new ArrayList<>();
    private final List<String> layers = new ArrayList<>();
    private final List<BatchNormState> norms = new ArrayList<>();
    private final FeatureMap images;
    private final FeatureMap scores;
    /// The layer that operations are being added for.
    private String building = StageLabel.ALL;

    TrainingGraph(Network network, ParameterLayout layout, TrainingOptions options) {
        this(network, layout, options, new FakeQuantizers());
    }

    /// @param ranges fake quantization, in quantization-aware training
    public TrainingGraph(Network network, ParameterLayout layout, TrainingOptions options, FakeQuantizers ranges) {
        this.network = network;
        this.layout = layout;
        this.options = options;
        this.ranges = ranges;
        this.kernel = options.kernels().norm();
        this.factory = new OpFactory(layout, options);
        this.views = new View[network.nodes().size() + 1];
        for (int i = 0; i < views.length; i++) {
            readers.add(new ArrayList<>());
        }
        for (var node : network.nodes()) {
            node.inputs().forEach(id -> readers.get(id).add(node));
        }
        this.images = new FeatureMap(network.input(), kernel);
        views[Node.INPUT] = stored(Node.INPUT, view(images, false, Clamp.NONE));
        int last = Node.INPUT;
        for (var node : network.nodes()) {
            building = node.name();
            if (isLast(node) && node.layer().is(Trait.PROBABILITIES)) {
                last = node.inputs().getFirst(); // part of the loss
            } else {
                views[node.id()] = stored(node.id(), build(node));
                last = node.id();
            }
        }
        var end = views[last];
        this.scores = end.isPlain() && end.map() != images
                ? end.map()
                : copy(end, null).map();
        if (scores.shape.pixels() != 1) {
            throw new BadValueException("the network " + network.name() + " ends in a feature map of " + scores.shape
                    + ", not in one score per class; end it with pooling and a dense layer");
        }
        if (!scores.wantsGradient()) {
            throw new BadValueException(
                    "no layer of the network " + network.name() + " is trained; do not freeze the last layer");
        }
        GradientMemory.plan(ops, scores, options.batch());
    }

    /// Fake quantization, in quantization-aware training.
    FakeQuantizers ranges() {
        return ranges;
    }

    List<TrainingOp> ops() {
        return ops;
    }

    /// The name of the layer that an operation computes, or that wants a map copied.
    String layer(TrainingOp op) {
        return layers.get(ops.indexOf(op));
    }

    /// Bytes of all feature maps of a batch.
    public long mapBytes() {
        return ops.stream()
                .map(TrainingOp::output)
                .mapToLong(map -> (long) Float.BYTES * options.batch() * map.shape.pixels() * map.stride)
                .sum();
    }

    List<BatchNormState> norms() {
        return norms;
    }

    /// The network's input.
    FeatureMap images() {
        return images;
    }

    /// The input of the loss.
    FeatureMap scores() {
        return scores;
    }

    private boolean isLast(Node node) {
        return node.id() == network.nodes().size();
    }

    private boolean isTrained(String layer) {
        return options.isTrained().test(layer);
    }

    /// The view with the quantization of value `id`. Images, which belong to the caller, are copied, and so is what
    /// is already quantized otherwise.
    private View stored(int id, View view) {
        var range = ranges.get(id);
        if (range == null) {
            return view;
        }
        boolean isTaken = view.isStored() || view.map().range() != null || view.map() == images;
        return (isTaken ? copy(view, null) : view).stored(range);
    }

    private View build(Node node) {
        var input = views[node.inputs().getFirst()];
        return switch (node.layer()) {
            case Requantize _ -> input;
            case BatchNorm norm -> normalize(input, norm);
            case Activation activation -> activate(input, activation.function());
            case Parallel parallel -> {
                var branches = node.inputs().stream().map(id -> views[id]).toArray(View[]::new);
                yield add(
                        newMap(node),
                        map -> parallel.join() == Parallel.Join.MULTIPLY
                                ? new MultiplyOp(map, branches)
                                : new JoinOp(parallel.join(), map, branches));
            }
            case Conv _,
                    DepthwiseConv _,
                    Dense _,
                    Pool _,
                    GlobalAveragePool _,
                    Flatten _,
                    Dropout _,
                    Softmax _,
                    Sigmoid _,
                    Nonlinearity _,
                    Prelu _,
                    LocalResponseNorm _,
                    ChannelShuffle _,
                    ZeroPad _,
                    BilinearResize _ -> {
                var repeated = factory.repeats(node) ? repeat(node, input) : input;
                yield add(newMap(node), map -> factory.create(node, repeated, map, isTrained(node.name())));
            }
            case Sequence _ -> throw new IllegalStateException(node.name() + " is not an operation");
        };
    }

    /// If a feature map's only reader is a batch normalization, the feature map carries it.
    private View normalize(View input, BatchNorm norm) {
        var state = input.map().norm;
        if (state != null && input.isPlain()) {
            return view(input.map(), true, Clamp.NONE);
        }
        var own = newNorm(norm);
        return view(copy(input, own).map(), true, Clamp.NONE);
    }

    private View activate(View input, Activation.Function function) {
        var clamp = switch (function) {
            case RELU -> Clamp.RELU;
            case RELU6 -> Clamp.RELU6;
        };
        var source =
                input.clamp() == Clamp.NONE && !input.isStored() && input.map() != images ? input : copy(input, null);
        return view(source.map(), source.isNormalized(), clamp);
    }

    /// Copies `input` to a feature map of its own.
    private View copy(View input, @Nullable BatchNormState norm) {
        var map = new FeatureMap(input.map().shape, options.batch(), norm, kernel);
        return add(map, target -> new JoinOp(Parallel.Join.ADD, target, input));
    }

    private View repeat(Node node, View input) {
        int times = node.output().channels() / node.input().channels();
        var shape = new Shape(
                node.input().height(), node.input().width(), node.output().channels());
        var map = new FeatureMap(shape, options.batch(), null, kernel);
        return add(
                map,
                target -> new RearrangeOp(
                        input, target, RearrangeOp.repeat(node.input().elements(), times)));
    }

    private FeatureMap newMap(Node node) {
        var after = readers.get(node.id());
        boolean isNormalized = after.size() == 1 && after.getFirst().layer() instanceof BatchNorm;
        var norm = isNormalized ? newNorm((BatchNorm) after.getFirst().layer()) : null;
        return new FeatureMap(node.output(), options.batch(), norm, kernel);
    }

    private BatchNormState newNorm(BatchNorm layer) {
        var state = new BatchNormState(layer, layout, isTrained(layer.name()), options.shards());
        norms.add(state);
        return state;
    }

    private View add(FeatureMap map, java.util.function.Function<FeatureMap, TrainingOp> make) {
        var op = make.apply(map);
        ops.add(op);
        layers.add(building);
        boolean wants = op.isTrained() || (map.norm != null && map.norm.isTrained());
        for (int i = 0; i < op.inputCount(); i++) {
            wants |= op.input(i).map().wantsGradient();
        }
        if (wants) {
            map.wantGradient();
        }
        return view(map, false, Clamp.NONE);
    }

    private View view(FeatureMap map, boolean isNormalized, Clamp clamp) {
        return new View(map, isNormalized, clamp, options.shards());
    }

    /// Options that the graph depends on.
    ///
    /// @param batch maximum number of images per batch
    /// @param shards number of shards that a batch is split into, one per thread
    /// @param isTrained whether the layer of that name is trained; others are frozen
    /// @param seed of dropout
    public record TrainingOptions(int batch, int shards, Kernels kernels, Predicate<String> isTrained, long seed) {}
}
