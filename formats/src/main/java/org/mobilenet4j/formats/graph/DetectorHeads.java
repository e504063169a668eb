package org.mobilenet4j.formats.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mobilenet4j.arch.Flatten;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.model.BoxOutputs;

/// The parts of a detector's output, which other formats join in another order: boxes of all feature maps, and their
/// scores.
///
/// @param boxes values that hold the box encodings of each feature map
/// @param scores values that hold its scores
/// @param joins nodes behind these, which only flatten and join them
public record DetectorHeads(List<Integer> boxes, List<Integer> scores, Set<Integer> joins) {
    public DetectorHeads {
        boxes = List.copyOf(boxes);
        scores = List.copyOf(scores);
        joins = Set.copyOf(joins);
    }

    /// The parts of the output of `network`.
    ///
    /// @throws IllegalArgumentException if it does not join a value of each map's boxes and one of its scores
    public static DetectorHeads of(Network network, BoxOutputs outputs) {
        var parts = new Parts(network);
        parts.add(network.nodes().size());
        int maps = outputs.maps().size();
        boolean fits = parts.values.size() == 2 * maps;
        var boxes = new ArrayList<Integer>();
        var scores = new ArrayList<Integer>();
        for (int map = 0; map < maps && fits; map++) {
            int anchors = outputs.maps().get(map);
            boxes.add(parts.values.get(2 * map));
            scores.add(parts.values.get(2 * map + 1));
            fits = parts.size(boxes.getLast()) == (long) anchors * BoxOutputs.VALUES
                    && parts.size(scores.getLast()) == (long) anchors * outputs.scores();
        }
        if (!fits) {
            throw new BadValueException("the network " + network.name() + " does not end in boxes and scores of "
                    + maps + " feature maps, joined one behind the other; only such a detector can be written in"
                    + " this format, others as .safetensors");
        }
        return new DetectorHeads(boxes, scores, parts.joins);
    }

    /// What is joined at the end of a network.
    private static final class Parts {
        private final Network network;
        private final Map<Integer, Integer> readers = new HashMap<>();
        private final List<Integer> values = new ArrayList<>();
        private final Set<Integer> joins = new HashSet<>();

        Parts(Network network) {
            this.network = network;
            network.nodes().forEach(node -> node.inputs().forEach(input -> readers.merge(input, 1, Integer::sum)));
        }

        int size(int value) {
            return value == Node.INPUT
                    ? network.input().elements()
                    : network.nodes().get(value - 1).output().elements();
        }

        void add(int value) {
            boolean isRead = value != network.nodes().size() && readers.getOrDefault(value, 0) > 1;
            var node = value == Node.INPUT || isRead ? null : network.nodes().get(value - 1);
            if (node != null && node.layer() instanceof Flatten) {
                joins.add(value);
                values.add(node.inputs().getFirst());
            } else if (node != null
                    && node.layer() instanceof Parallel parallel
                    && parallel.join() == Parallel.Join.CONCATENATE
                    && node.output().pixels() == 1) {
                joins.add(value);
                node.inputs().forEach(this::add);
            } else {
                values.add(value);
            }
        }
    }
}
