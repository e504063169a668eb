package org.mobilenet4j.formats;

import java.util.ArrayList;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
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
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Sigmoid;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.arch.ZeroPad;
import org.mobilenet4j.tensor.Shape;

/// Small networks of every kind of layer, in any order that fits, the same for the same seed.
public final class OnnxRandomNetworks {
    private static final Curve[] BENDS = {Curve.LEAKY_RELU, Curve.ELU, Curve.HARD_SIGMOID, Curve.HARD_SWISH, Curve.TANH
    };

    private static final int LEAVES = 13;
    private static final int MAX_VALUES = 4_000;

    private final RandomGenerator random;
    private int names;

    private OnnxRandomNetworks(long seed) {
        random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    public static Network network(long seed) {
        var networks = new OnnxRandomNetworks(seed);
        var input = new Shape(3 + networks.upTo(11), 3 + networks.upTo(11), networks.upTo(9));
        return new Network("random " + seed, input, networks.sequence(input, 2));
    }

    private Sequence sequence(Shape input, int depth) {
        var layers = new ArrayList<Layer>();
        var shape = input;
        for (int tries = 4 + random.nextInt(8); tries > 0; tries--) {
            try {
                var layer = layer(shape, depth);
                var made = layer.outputShape(shape);
                if (made.elements() <= MAX_VALUES) {
                    layers.add(layer);
                    shape = made;
                }
            } catch (IllegalArgumentException e) {
                // It does not fit here; the next may.
            }
        }
        return new Sequence("", layers);
    }

    private Layer layer(Shape shape, int depth) {
        int channels = shape.channels();
        return switch (random.nextInt(depth > 0 ? LEAVES + 3 : LEAVES)) {
            case 0 -> {
                int groups = channels % 2 == 0 && random.nextBoolean() ? 2 : 1;
                yield new Conv(name("conv"), groups * upTo(9), window(), groups, random.nextBoolean());
            }
            case 1 -> new DepthwiseConv(name("dw"), window(), upTo(3), random.nextBoolean());
            case 2 -> new BatchNorm(name("bn"), random.nextBoolean() ? 1e-3 : 1e-5);
            case 3 -> new Activation(name("act"), pick(Activation.Function.values()));
            case 4 -> {
                var window = window();
                yield new Pool(
                        name("pool"),
                        pick(Pool.Kind.values()),
                        new Window(
                                window.height(),
                                window.width(),
                                window.strideRows(),
                                window.strideColumns(),
                                1,
                                window.padding()));
            }
            case 5 -> shape.pixels() > 30 ? Activation.relu(name("act")) : new GlobalAveragePool(name("gap"));
            case 6 -> new Dense(name("dense"), upTo(20), random.nextBoolean());
            case 7 -> shape.pixels() > 30 ? new Dropout(name("drop"), 0.5) : new Flatten(name("flatten"));
            case 8 -> new Dropout(name("drop"), 0.25);
            case 9 -> new Softmax(name("softmax"));
            case 10 ->
                switch (upTo(3)) {
                    case 1 ->
                        random.nextInt(4) == 0
                                ? new Prelu(name("slopes"))
                                : random.nextBoolean()
                                        ? new Sigmoid(name("sigmoid"))
                                        : Nonlinearity.of(name("bent"), pick(BENDS));
                    case 2 ->
                        new BilinearResize(
                                name("resize"),
                                upTo(2 * shape.height()),
                                upTo(2 * shape.width()),
                                pick(BilinearResize.Coordinates.values()));
                    default -> new LocalResponseNorm(name("lrn"), 1 + 2 * upTo(2), 0.5, 0.75, 2);
                };
            case 11 -> new ChannelShuffle(name("shuffle"), pick(new Integer[] {1, 2, 3, channels}));
            case 12 -> new ZeroPad(name("pad"), sides());
            case 13 -> added(shape, depth - 1);
            default -> concatenated(shape, depth - 1);
        };
    }

    private Layer concatenated(Shape shape, int depth) {
        var branches = new ArrayList<Layer>();
        for (int count = 1 + upTo(3); count > 0; count--) {
            branches.add(branch(shape, upTo(6), depth));
        }
        return new Parallel(name("concat"), Parallel.Join.CONCATENATE, branches);
    }

    private Layer added(Shape shape, int depth) {
        var branches = new ArrayList<Layer>();
        for (int count = 1 + upTo(2); count > 0; count--) {
            branches.add(branch(shape, shape.channels(), depth));
        }
        return new Parallel(name("join"), random.nextBoolean() ? Parallel.Join.ADD : Parallel.Join.MULTIPLY, branches);
    }

    /// A branch that keeps the map's size and makes `channels` of its channels, or keeps them.
    private Layer branch(Shape shape, int channels, int depth) {
        return switch (random.nextInt(5)) {
            case 0 -> channels == shape.channels() ? Sequence.identity() : Conv.pointwise(name("pw"), channels);
            case 1 ->
                Conv.of(name("conv"), channels, Window.square(3, 1, Padding.SAME))
                        .withBias();
            case 2 ->
                shape.pixels() == 1
                        ? Sequence.of(Dense.of(name("dense"), channels), Activation.relu(name("act")))
                        : Sequence.of(
                                DepthwiseConv.of(name("dw"), Window.square(3, 1, Padding.SAME)),
                                new BatchNorm(name("bn")),
                                Conv.pointwise(name("pw"), channels));
            case 3 ->
                depth > 0
                        ? Sequence.of(concatenated(shape, depth - 1), Conv.pointwise(name("pw"), channels))
                        : Conv.pointwise(name("pw"), channels);
            default -> Sequence.of(Conv.pointwise(name("pw"), channels), new BatchNorm(name("bn")));
        };
    }

    private Window window() {
        return new Window(upTo(3), upTo(3), upTo(2), upTo(2), upTo(2), padding());
    }

    private Padding padding() {
        return switch (random.nextInt(4)) {
            case 0 -> Padding.SAME;
            case 1 -> Padding.SYMMETRIC;
            case 2 -> Padding.VALID;
            default -> sides();
        };
    }

    private Padding.Explicit sides() {
        return new Padding.Explicit(random.nextInt(3), random.nextInt(3), random.nextInt(3), random.nextInt(3));
    }

    /// From 1 up to `bound`, inclusive.
    private int upTo(int bound) {
        return 1 + random.nextInt(bound);
    }

    private <T> T pick(T[] all) {
        return all[random.nextInt(all.length)];
    }

    private String name(String kind) {
        return kind + "_" + names++;
    }
}
