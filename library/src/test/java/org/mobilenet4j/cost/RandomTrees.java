package org.mobilenet4j.cost;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.Dropout;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Sigmoid;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.tensor.Shape;

/// Small random networks whose maps keep their size, with joins inside joins.
final class RandomTrees {
    private static final Shape INPUT = new Shape(2, 3, 4);

    private final Random random;
    private int names;

    private RandomTrees(long seed) {
        random = new Random(seed);
    }

    static List<Network> networks(int count, long seed) {
        var all = new ArrayList<Network>();
        for (int i = 0; i < count; i++) {
            var trees = new RandomTrees(seed + i);
            var body = Sequence.of(trees.layer(0), trees.sequence(trees.random.nextInt(5), 3));
            all.add(new Network("random-" + i, INPUT, body));
        }
        return all;
    }

    private Sequence sequence(int length, int depth) {
        var layers = new ArrayList<Layer>();
        for (int i = 0; i < length; i++) {
            layers.add(layer(depth));
        }
        return new Sequence("", layers);
    }

    private Layer layer(int depth) {
        String name = "l" + names++;
        return switch (random.nextInt(depth > 0 ? 9 : 5)) {
            case 0, 1 -> Conv.pointwise(name, 1 + random.nextInt(9));
            case 2 -> DepthwiseConv.of(name, Window.square(3, 1, Padding.SAME));
            case 3 -> random.nextBoolean() ? new BatchNorm(name) : new Dropout(name, 0.1);
            case 4 -> random.nextBoolean() ? Activation.relu(name) : new Sigmoid(name);
            case 5 -> sequence(random.nextInt(3), depth - 1);
            case 6 ->
                new Parallel(
                        name,
                        random.nextBoolean() ? Parallel.Join.ADD : Parallel.Join.MULTIPLY,
                        sums(depth - 1, 1 + random.nextInt(5)));
            default -> new Parallel(name, Parallel.Join.CONCATENATE, branches(depth - 1));
        };
    }

    private List<Layer> branches(int depth) {
        var branches = new ArrayList<Layer>();
        for (int i = 0; i < 2 + random.nextInt(3); i++) {
            branches.add(sequence(random.nextInt(4), depth));
        }
        return branches;
    }

    /// Branches of as many channels each, ended by a convolution and sometimes something in place.
    private List<Layer> sums(int depth, int channels) {
        return branches(depth).stream()
                .map(branch -> (Layer) Sequence.of(
                        branch,
                        Conv.pointwise("l" + names++, channels),
                        random.nextBoolean() ? Activation.relu("l" + names++) : Sequence.identity()))
                .toList();
    }
}
