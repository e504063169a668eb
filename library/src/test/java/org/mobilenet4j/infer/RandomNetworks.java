package org.mobilenet4j.infer;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
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
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.LocalResponseNorm;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Nonlinearity;
import org.mobilenet4j.arch.Nonlinearity.Curve;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.arch.Prelu;
import org.mobilenet4j.arch.Requantize;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Sigmoid;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.arch.ZeroPad;
import org.mobilenet4j.tensor.Shape;

/// Random series-parallel networks of every kind of layer.
public final class RandomNetworks {
    private final Random random;
    private final double dropout;
    private int names;

    private RandomNetworks(long seed, double dropout) {
        this.dropout = dropout;
        random = new Random(seed);
    }

    static Network of(long seed) {
        return of(seed, 0.5, false);
    }

    /// A network that the seed decides.
    ///
    /// @param dropout the rate of dropout layers
    /// @param classifies whether the network ends in a score for each class
    public static Network of(long seed, double dropout, boolean classifies) {
        var maker = new RandomNetworks(seed, dropout);
        var input = new Shape(5 + maker.random.nextInt(9), 5 + maker.random.nextInt(9), 1 + maker.random.nextInt(20));
        var layers = new ArrayList<Layer>();
        var shape = input;
        int count = 3 + maker.random.nextInt(8);
        for (int i = 0; i < count; i++) {
            var layer = maker.layer(shape, 2);
            layers.add(layer);
            shape = layer.outputShape(shape);
        }
        if (maker.random.nextBoolean() || classifies) {
            layers.add(maker.random.nextBoolean() ? new GlobalAveragePool("gap") : new Flatten("flatten"));
            layers.add(Dense.of("dense", 1 + maker.random.nextInt(40)));
            layers.add(new Softmax("softmax"));
        }
        return new Network("random-" + seed, input, new Sequence("", layers));
    }

    private String name(String kind) {
        return kind + "_" + ++names;
    }

    private Layer layer(Shape shape, int depth) {
        return switch (random.nextInt(depth > 0 ? 15 : 11)) {
            case 0 -> new Conv(name("conv"), 1 + random.nextInt(40), window(shape), 1, random.nextBoolean());
            case 1 ->
                new Conv(
                        name("grouped"),
                        shape.channels() * (1 + random.nextInt(2)),
                        window(shape),
                        shape.channels(),
                        true);
            case 2 -> new DepthwiseConv(name("dw"), window(shape), 1 + random.nextInt(2), random.nextBoolean());
            case 3, 4 -> new BatchNorm(name("bn"));
            case 5 -> random.nextBoolean() ? Activation.relu6(name("relu6")) : Activation.relu(name("relu"));
            case 6 ->
                shape.height() < 2 || shape.width() < 2
                        ? new Dropout(name("dropout"), dropout)
                        : new Pool(
                                name("pool"),
                                random.nextBoolean() ? Pool.Kind.MAX : Pool.Kind.AVERAGE,
                                Window.square(2, 1 + random.nextInt(2), Padding.SAME));
            case 7 -> LocalResponseNorm.alexNet(name("lrn"));
            case 8 -> new ChannelShuffle(name("shuffle"), shape.channels() % 2 == 0 ? 2 : 1);
            case 9 -> new ZeroPad(name("pad"), new Padding.Explicit(random.nextInt(2), 1, random.nextInt(3), 0));
            case 10 ->
                switch (random.nextInt(5)) {
                    case 0 -> new Requantize(name("requantize"));
                    case 1 -> new Sigmoid(name("sigmoid"));
                    case 2 ->
                        random.nextInt(4) == 0
                                ? new Prelu(name("slopes"))
                                : Nonlinearity.of(
                                        name("bent"),
                                        List.of(Curve.values()).get(random.nextInt(Curve.values().length)));
                    default ->
                        new BilinearResize(
                                name("resize"),
                                1 + random.nextInt(2 * shape.height()),
                                1 + random.nextInt(2 * shape.width()),
                                List.of(BilinearResize.Coordinates.values()).get(random.nextInt(3)));
                };
            case 11, 12 -> concatenated(shape, depth - 1);
            case 13 -> multiplied(shape, depth - 1);
            default -> added(shape, depth - 1);
        };
    }

    private Window window(Shape shape) {
        int size = 1 + random.nextInt(3);
        var padding = switch (random.nextInt(3)) {
            case 0 -> Padding.SAME;
            case 1 -> Padding.SYMMETRIC;
            default -> shape.height() < 3 || shape.width() < 3 ? Padding.SAME : Padding.VALID;
        };
        return new Window(size, size, 1 + random.nextInt(2), 1 + random.nextInt(2), 1, padding);
    }

    /// Branches that keep the size of the map: pointwise, depthwise, the identity, or nested.
    private Layer keepingSize(Shape shape, int filters, int depth) {
        return switch (random.nextInt(4)) {
            case 0 -> new Conv(name("branch"), filters, Window.square(3, 1, Padding.SAME), 1, true);
            case 1 ->
                Sequence.of(
                        DepthwiseConv.of(name("branch_dw"), Window.square(3, 1, Padding.SAME)),
                        new BatchNorm(name("branch_bn")),
                        Activation.relu6(name("branch_relu")),
                        Conv.pointwise(name("branch_pw"), filters).withBias());
            case 2 ->
                Sequence.of(
                        Conv.pointwise(name("branch_pw"), filters),
                        Activation.relu(name("branch_relu")),
                        new BatchNorm(name("bn")));
            default ->
                depth > 0
                        ? Sequence.of(concatenated(shape, depth - 1), Conv.pointwise(name("squeeze"), filters))
                        : Conv.pointwise(name("branch"), filters);
        };
    }

    private Layer concatenated(Shape shape, int depth) {
        var branches = new ArrayList<Layer>();
        int count = 2 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            branches.add(
                    random.nextInt(4) == 0 ? Sequence.identity() : keepingSize(shape, 1 + random.nextInt(24), depth));
        }
        return new Parallel(name("concat"), Parallel.Join.CONCATENATE, branches);
    }

    /// A map weighed by what a branch that ends in a sigmoid makes of it.
    private Layer multiplied(Shape shape, int depth) {
        var gate = Sequence.of(keepingSize(shape, shape.channels(), depth), new Sigmoid(name("gate")));
        var branches = new ArrayList<Layer>(List.of(Sequence.identity(), gate));
        if (random.nextInt(3) == 0) {
            branches.add(keepingSize(shape, shape.channels(), depth));
        }
        var product = new Parallel(name("multiply"), Parallel.Join.MULTIPLY, branches);
        return random.nextBoolean() ? product : Sequence.of(product, Activation.relu6(name("relu")));
    }

    private Layer added(Shape shape, int depth) {
        var shortcut = random.nextBoolean() ? Sequence.identity() : keepingSize(shape, shape.channels(), depth);
        var branches = new ArrayList<Layer>();
        branches.add(keepingSize(shape, shape.channels(), depth));
        branches.add(shortcut);
        var add = new Parallel(name("add"), Parallel.Join.ADD, branches);
        return random.nextBoolean() ? add : Sequence.of(add, Activation.relu6(name("relu")));
    }
}
