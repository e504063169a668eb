package org.mobilenet4j.model;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
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
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.arch.ZeroPad;
import org.mobilenet4j.tensor.Shape;

/// Small networks of every kind of layer with odd options, the same for the same seed.
public final class RandomNetworks {
    private static final int KINDS = 18;

    private final RandomGenerator random;
    private int names;

    private RandomNetworks(long seed) {
        random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    public static Network network(long seed) {
        var networks = new RandomNetworks(seed);
        var input = new Shape(5 + networks.random.nextInt(12), 5 + networks.random.nextInt(12), 1 + networks.below(6));
        return new Network("net \"" + seed + "\" é", input, networks.sequence(input, 3));
    }

    private Layer sequence(Shape input, int depth) {
        var layers = new ArrayList<Layer>();
        var shape = input;
        int length = random.nextInt(6);
        while (layers.size() < length) {
            var layer = layer(shape, depth);
            try {
                shape = layer.outputShape(shape);
                if (shape.elements() < 4000) {
                    layers.add(layer);
                } else {
                    break;
                }
            } catch (IllegalArgumentException e) {
                // It does not fit here; the next may.
            }
        }
        return new Sequence(random.nextBoolean() ? "" : name(), layers);
    }

    private Layer layer(Shape input, int depth) {
        int kind = random.nextInt(depth > 0 ? KINDS : KINDS - 2);
        return switch (kind) {
            case 0 -> {
                int groups = input.channels() % 2 == 0 && random.nextBoolean() ? 2 : 1;
                yield new Conv(name(), groups * (1 + below(4)), window(), groups, random.nextBoolean());
            }
            case 1 -> new DepthwiseConv(name(), window(), 1 + below(2), random.nextBoolean());
            case 2 -> new BatchNorm(name(), random.nextBoolean() ? 1e-3 : random.nextDouble() / 2 + 1e-7);
            case 3 -> new Activation(name(), pick(Activation.Function.values()));
            case 4 -> new Pool(name(), pick(Pool.Kind.values()), undilated(window()));
            case 5 -> new GlobalAveragePool(name());
            case 6 -> new Dense(name(), 1 + below(9), random.nextBoolean());
            case 7 -> new Flatten(name());
            case 8 -> new Dropout(name(), random.nextDouble());
            case 9 -> new Softmax(name());
            case 10 ->
                new LocalResponseNorm(
                        name(), 1 + 2 * below(3), random.nextGaussian(), random.nextGaussian(), random.nextGaussian());
            case 11 -> new ChannelShuffle(name(), input.channels());
            case 12 -> new ZeroPad(name(), explicit());
            case 13 -> random.nextBoolean() ? new Prelu(name()) : Nonlinearity.of(name(), Curve.SILU);
            case 14 ->
                new BilinearResize(name(), 1 + below(9), 1 + below(9), pick(BilinearResize.Coordinates.values()));
            case 15 -> new Requantize(name());
            case 16 -> sequence(input, depth - 1);
            default -> parallel(input, depth - 1);
        };
    }

    private Layer parallel(Shape input, int depth) {
        if (random.nextBoolean()) {
            var join = random.nextBoolean() ? Parallel.Join.ADD : Parallel.Join.MULTIPLY;
            return new Parallel(name(), join, List.of(Sequence.identity(), Activation.relu(name())));
        }
        List<Layer> branches = IntStream.range(0, 2 + below(2))
                .mapToObj(i -> i == 0 ? sequence(input, depth) : Conv.pointwise(name(), 1 + below(3)))
                .toList();
        return new Parallel(name(), Parallel.Join.CONCATENATE, branches);
    }

    private static Window undilated(Window window) {
        return new Window(
                window.height(), window.width(), window.strideRows(), window.strideColumns(), 1, window.padding());
    }

    private Window window() {
        return new Window(1 + below(3), 1 + below(3), 1 + below(2), 1 + below(2), 1 + below(2), padding());
    }

    private Padding padding() {
        return switch (below(4)) {
            case 0 -> Padding.SAME;
            case 1 -> Padding.SYMMETRIC;
            case 2 -> Padding.VALID;
            default -> explicit();
        };
    }

    private Padding.Explicit explicit() {
        return new Padding.Explicit(below(3), below(3), below(3), below(3));
    }

    private int below(int bound) {
        return random.nextInt(bound);
    }

    private <T> T pick(T[] all) {
        return all[below(all.length)];
    }

    private String name() {
        return "layer " + names++;
    }
}
