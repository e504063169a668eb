package org.mobilenet4j.compress.prune;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
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
import org.mobilenet4j.arch.ZeroPad;

/// Finds the channels of a network that can only be removed together.
///
/// Convolutions and dense layers create channels. Depthwise convolutions, normalizations and pooling pass each of them
/// on; additions tie the channels of their branches to each other; groups, and shuffles of groups, tie the channels at
/// the same position of each group, so that groups stay equal in size. Channels that are tied together share a number,
/// their tie.
final class ChannelTies {
    private final Network network;
    /// For each created channel, another one of its tie, or itself.
    private final List<Integer> parents = new ArrayList<>();
    /// The id of the node that created each channel; 0 for the network's input.
    private final List<Integer> makers = new ArrayList<>();
    /// For each node id, the channels of its output.
    private final List<int[]> outputs = new ArrayList<>();
    private final Set<Integer> kept = new HashSet<>();

    private ChannelTies(Network network) {
        this.network = network;
        var image = fresh(Node.INPUT, network.input().channels());
        outputs.add(image);
        keep(image);
        for (var node : network.nodes()) {
            outputs.add(output(node));
        }
        keep(outputs.getLast());
    }

    static ChannelTies of(Network network) {
        return new ChannelTies(network);
    }

    Network network() {
        return network;
    }

    /// The tie of each output channel of the node with this id; 0 is the network's input.
    int[] ties(int id) {
        return Arrays.stream(outputs.get(id)).map(this::tie).toArray();
    }

    /// Exclusive limit of the ties' numbers.
    int count() {
        return parents.size();
    }

    /// The ties that may be removed, by family: layers that share ties and must lose channels together. In the
    /// network's order.
    List<Family> families() {
        var owners = new int[network.nodes().size() + 1];
        Arrays.setAll(owners, id -> id);
        for (int channel = 0; channel < count(); channel++) {
            int own = find(owners, makers.get(channel));
            int other = find(owners, makers.get(tie(channel)));
            owners[Math.max(own, other)] = Math.min(own, other);
        }
        var fixed = new HashSet<Integer>();
        kept.forEach(channel -> fixed.add(tie(channel)));
        Map<Integer, SequencedSet<Integer>> members = new LinkedHashMap<>();
        for (int channel = 0; channel < count(); channel++) {
            if (!fixed.contains(tie(channel))) {
                int family = find(owners, makers.get(channel));
                members.computeIfAbsent(family, _ -> new LinkedHashSet<>()).add(tie(channel));
            }
        }
        return members.values().stream().map(this::family).toList();
    }

    private Family family(SequencedSet<Integer> ties) {
        int maker = makers.get(ties.getFirst());
        long made = IntStream.range(0, count())
                .filter(channel -> makers.get(channel) == maker && ties.contains(tie(channel)))
                .count();
        var name = network.nodes().get(maker - 1).name();
        return new Family(name, List.copyOf(ties), (int) Math.max(1, made / ties.size()));
    }

    /// Layers that lose channels together.
    ///
    /// @param name name of the first layer that creates them
    /// @param ties the ties, each of which can be removed
    /// @param each number of that layer's channels in each tie
    record Family(String name, List<Integer> ties, int each) {}

    /// Whether each group of `conv` sees a single channel: a depthwise convolution by another name.
    static boolean isDepthwise(Conv conv, Node node) {
        return conv.groups() > 1 && conv.groups() == node.input().channels();
    }

    private int[] output(Node node) {
        int[] input = outputs.get(node.inputs().getFirst());
        return switch (node.layer()) {
            case Conv conv -> convolved(conv, node, input);
            case DepthwiseConv conv -> repeated(input, conv.channelMultiplier());
            case Dense dense -> fresh(node.id(), dense.units());
            case Parallel parallel -> joined(parallel, node);
            case ChannelShuffle shuffle -> shuffled(shuffle, input);
            case Flatten _ -> {
                int channels = input.length;
                yield IntStream.range(0, node.output().channels())
                        .map(i -> input[i % channels])
                        .toArray();
            }
            // Both depend on several channels at once.
            case Softmax _, LocalResponseNorm _ -> keep(input);
            case BatchNorm _,
                    Activation _,
                    Pool _,
                    GlobalAveragePool _,
                    Dropout _,
                    Sigmoid _,
                    Nonlinearity _,
                    Prelu _,
                    ZeroPad _,
                    BilinearResize _,
                    Requantize _ -> input;
            case Sequence sequence -> throw new IllegalStateException(sequence.name() + " is no operation");
        };
    }

    private int[] convolved(Conv conv, Node node, int[] input) {
        if (isDepthwise(conv, node)) {
            return repeated(input, conv.filters() / conv.groups());
        }
        int[] made = fresh(node.id(), conv.filters());
        tieGroups(input, conv.groups());
        tieGroups(made, conv.groups());
        return made;
    }

    private int[] joined(Parallel parallel, Node node) {
        var branches = node.inputs().stream().map(outputs::get).toList();
        if (parallel.join() == Parallel.Join.CONCATENATE) {
            return branches.stream().flatMapToInt(Arrays::stream).toArray();
        }
        int[] first = branches.getFirst();
        for (int[] other : branches) {
            for (int c = 0; c < first.length; c++) {
                tie(first[c], other[c]);
            }
        }
        return first;
    }

    private int[] shuffled(ChannelShuffle shuffle, int[] input) {
        int groups = shuffle.groups();
        int each = input.length / groups;
        tieGroups(input, groups);
        return IntStream.range(0, input.length)
                .map(i -> input[i % groups * each + i / groups])
                .toArray();
    }

    private static int[] repeated(int[] input, int times) {
        return IntStream.range(0, input.length * times)
                .map(i -> input[i / times])
                .toArray();
    }

    private int[] fresh(int maker, int count) {
        int first = count();
        for (int i = 0; i < count; i++) {
            parents.add(first + i);
            makers.add(maker);
        }
        return IntStream.range(first, first + count).toArray();
    }

    private int[] keep(int[] channels) {
        Arrays.stream(channels).forEach(kept::add);
        return channels;
    }

    private void tieGroups(int[] channels, int groups) {
        int each = channels.length / groups;
        for (int i = each; i < channels.length; i++) {
            tie(channels[i % each], channels[i]);
        }
    }

    private void tie(int one, int other) {
        int a = tie(one);
        int b = tie(other);
        parents.set(Math.max(a, b), Math.min(a, b));
    }

    private int tie(int channel) {
        int at = channel;
        while (parents.get(at) != at) {
            parents.set(at, parents.get(parents.get(at)));
            at = parents.get(at);
        }
        return at;
    }

    private static int find(int[] parents, int of) {
        int at = of;
        while (parents[at] != at) {
            at = parents[at];
        }
        return at;
    }
}
