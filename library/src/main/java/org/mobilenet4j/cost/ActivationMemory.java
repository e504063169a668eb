package org.mobilenet4j.cost;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Trait;
import org.mobilenet4j.tensor.Shape;

/// The memory of one image's activations in float32, when every buffer is freed after its last reader: the minimum that
/// a memory planner can reach under the rules below if no gaps remain between buffers.
///
/// - A layer holds its input and its output at the same time.
/// - Batch normalization, activations, softmax, sigmoid, dropout and flattening work in place, unless something else
///   still reads their input. The image itself is never overwritten.
/// - The branches of a concatenation write straight into the joined feature map, which is held from the first write on.
///   An identity branch is copied.
/// - Scratch memory inside a layer (im2col, a transform) is not counted.
///
/// @param liveBytes bytes held while each of the network's nodes runs, in execution order
/// @param peakBytes the largest of them; the image alone for a network without layers
/// @param peakLayer name of the first node that reaches the peak, or `input`
public record ActivationMemory(List<Long> liveBytes, long peakBytes, String peakLayer) {
    public ActivationMemory {
        Objects.requireNonNull(liveBytes, "liveBytes");
        Objects.requireNonNull(peakLayer, "peakLayer");
        liveBytes = List.copyOf(liveBytes);
    }

    /// Plans `network`.
    public static ActivationMemory of(Network network) {
        var nodes = network.nodes();
        var homes = homes(nodes);

        // Values by id (0 is the image). A buffer is held from the first write of a value that lives in it to the last
        // read; `change` holds what becomes live or is given back before each step.
        int values = nodes.size() + 1;
        var first = new int[values];
        var last = new int[values];
        for (int id = values - 1; id >= 0; id--) {
            first[homes[id]] = id;
            last[homes[id]] = Math.max(last[homes[id]], id);
        }
        for (var node : nodes) {
            for (int read : node.inputs()) {
                last[homes[read]] = Math.max(last[homes[read]], node.id());
            }
        }
        var change = new long[values + 1];
        for (int id = 0; id < values; id++) {
            if (homes[id] == id) {
                long bytes = bytes(
                        id == Node.INPUT ? network.input() : nodes.get(id - 1).output());
                change[first[id]] += bytes;
                change[last[id] + 1] -= bytes;
            }
        }
        return peak(nodes, change);
    }

    private static ActivationMemory peak(List<Node> nodes, long[] change) {
        var live = new ArrayList<Long>();
        long now = change[Node.INPUT];
        long peak = now;
        String peakLayer = "input";
        for (var node : nodes) {
            now += change[node.id()];
            live.add(now);
            if (now > peak) {
                peak = now;
                peakLayer = node.name();
            }
        }
        return new ActivationMemory(live, peak, peakLayer);
    }

    /// For each value, the value whose buffer it lives in: itself, the one it overwrites, or the feature map it is
    /// a part of.
    private static int[] homes(List<Node> nodes) {
        var readers = new int[nodes.size() + 1];
        for (var node : nodes) {
            node.inputs().forEach(read -> readers[read]++);
        }
        var homes = new int[nodes.size() + 1];
        for (var node : nodes) {
            homes[node.id()] = node.id();
            for (int read : node.inputs()) {
                if (read == Node.INPUT || readers[read] > 1) {
                    continue;
                }
                if (isInPlace(node)) {
                    homes[node.id()] = root(homes, read);
                } else if (isConcatenation(node)) {
                    homes[root(homes, read)] = node.id();
                }
            }
        }
        for (int id = 0; id < homes.length; id++) {
            homes[id] = root(homes, id);
        }
        return homes;
    }

    private static int root(int[] homes, int id) {
        int home = id;
        while (homes[home] != home) {
            home = homes[home];
        }
        return home;
    }

    private static boolean isInPlace(Node node) {
        return node.layer().is(Trait.IN_PLACE) || node.layer().is(Trait.RESHAPES);
    }

    private static boolean isConcatenation(Node node) {
        return node.layer() instanceof Parallel parallel && parallel.join() == Parallel.Join.CONCATENATE;
    }

    private static long bytes(Shape shape) {
        return (long) Float.BYTES * shape.elements();
    }
}
