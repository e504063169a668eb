package org.mobilenet4j.formats;

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
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Sigmoid;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.arch.ZeroPad;
import org.mobilenet4j.tensor.Shape;

/// Small networks of all layers with odd options, for other engines: the same for the same seed.
public final class RandomNetworks {
    private static final Curve[] BENDS = {Curve.LEAKY_RELU, Curve.ELU, Curve.HARD_SWISH, Curve.TANH};

    private final Random random;
    private int names;

    private RandomNetworks(long seed) {
        random = new Random(seed);
    }

    public static Network of(long seed) {
        var networks = new RandomNetworks(seed);
        var random = networks.random;
        var input = new Shape(4 + random.nextInt(10), 4 + random.nextInt(10), 1 + random.nextInt(8));
        return new Network("random-" + seed, input, networks.sequence(input, 2 + random.nextInt(8), 2));
    }

    private Sequence sequence(Shape input, int length, int depth) {
        var layers = new ArrayList<Layer>();
        var shape = input;
        while (layers.size() < length) {
            var layer = layer(shape, depth);
            try {
                var next = layer.outputShape(shape);
                if (next.elements() < 6000) {
                    layers.add(layer);
                    shape = next;
                }
            } catch (IllegalArgumentException _) {
                // It does not fit here; the next may.
            }
        }
        return new Sequence("", layers);
    }

    private Layer layer(Shape input, int depth) {
        return switch (random.nextInt(depth > 0 ? 18 : 15)) {
            case 0 -> new Conv(name("conv"), 1 + random.nextInt(20), window(2), 1, random.nextBoolean());
            case 1 -> {
                int groups = input.channels() % 2 == 0 ? 2 : input.channels();
                yield new Conv(name("grouped"), groups * (1 + random.nextInt(3)), window(1), groups, true);
            }
            case 2 -> new DepthwiseConv(name("dw"), window(2), 1 + random.nextInt(2), random.nextBoolean());
            case 3, 4 -> new BatchNorm(name("bn"));
            case 5, 6, 7 -> random.nextBoolean() ? Activation.relu6(name("relu6")) : Activation.relu(name("relu"));
            case 8 -> Pool.max(name("max"), window(1));
            case 9 -> {
                var padding = random.nextBoolean() ? Padding.SAME : Padding.VALID;
                yield Pool.average(name("average"), Window.square(2 + random.nextInt(2), 1, padding));
            }
            case 10 -> random.nextInt(3) > 0 ? new Dropout(name("dropout"), 0.5) : new GlobalAveragePool(name("gap"));
            case 11 ->
                switch (random.nextInt(3)) {
                    case 0 ->
                        random.nextInt(4) == 0
                                ? new Prelu(name("slopes"))
                                : random.nextBoolean()
                                        ? new Sigmoid(name("sigmoid"))
                                        : Nonlinearity.of(name("bent"), BENDS[random.nextInt(BENDS.length)]);
                    case 1 ->
                        new BilinearResize(
                                name("resize"),
                                1 + random.nextInt(2 * input.height()),
                                1 + random.nextInt(2 * input.width()),
                                List.of(BilinearResize.Coordinates.values()).get(random.nextInt(3)));
                    default -> new LocalResponseNorm(name("lrn"), 1 + 2 * random.nextInt(3), 0.5, 0.75, 2);
                };
            case 12 -> new ChannelShuffle(name("shuffle"), input.channels() % 3 == 0 ? 3 : 2);
            case 13 -> new ZeroPad(name("pad"), explicit());
            case 14 ->
                switch (random.nextInt(4)) {
                    case 0 -> new Flatten(name("flatten"));
                    case 1 -> new Softmax(name("softmax"));
                    default -> new Dense(name("dense"), 1 + random.nextInt(9), random.nextBoolean());
                };
            case 15 -> sequence(input, 1 + random.nextInt(3), depth - 1);
            case 16 -> {
                var branches = new ArrayList<Layer>();
                for (int i = 2 + random.nextInt(2); i > 0; i--) {
                    branches.add(branch(input, 1 + random.nextInt(9), depth - 1));
                }
                yield new Parallel(name("concat"), Parallel.Join.CONCATENATE, branches);
            }
            default -> {
                List<Layer> branches = new ArrayList<>(List.of(Sequence.identity()));
                for (int i = 1 + random.nextInt(2); i > 0; i--) {
                    branches.add(branch(input, input.channels(), depth - 1));
                }
                boolean adds = random.nextInt(3) > 0;
                yield adds
                        ? new Parallel(name("add"), Parallel.Join.ADD, branches)
                        : new Parallel(name("multiply"), Parallel.Join.MULTIPLY, branches);
            }
        };
    }

    /// Layers that keep the map's size and make `filters` channels.
    private Layer branch(Shape input, int filters, int depth) {
        var end = Conv.pointwise(name("branch"), filters);
        return switch (random.nextInt(4)) {
            case 0 -> end;
            case 1 -> Sequence.of(end.withBias(), Activation.relu6(name("relu6")));
            case 2 ->
                input.pixels() == 1 ? Dense.of(name("dense"), filters) : Sequence.of(end, new BatchNorm(name("bn")));
            default ->
                Sequence.of(
                        DepthwiseConv.of(name("dw"), Window.square(3, 1, Padding.SAME)),
                        new BatchNorm(name("bn")),
                        depth > 0
                                ? new Parallel(
                                        name("inner"),
                                        Parallel.Join.ADD,
                                        List.of(Sequence.identity(), branch(input, input.channels(), 0)))
                                : Activation.relu(name("relu")),
                        end);
        };
    }

    private Window window(int dilation) {
        var padding = switch (random.nextInt(4)) {
            case 0 -> Padding.SAME;
            case 1 -> Padding.SYMMETRIC;
            case 2 -> Padding.VALID;
            default -> explicit();
        };
        int height = 1 + random.nextInt(3);
        int width = 1 + random.nextInt(3);
        return new Window(
                height, width, 1 + random.nextInt(2), 1 + random.nextInt(2), 1 + random.nextInt(dilation), padding);
    }

    private Padding.Explicit explicit() {
        return new Padding.Explicit(random.nextInt(3), random.nextInt(2), random.nextInt(2), random.nextInt(3));
    }

    private String name(String kind) {
        return kind + "_" + ++names;
    }
}
