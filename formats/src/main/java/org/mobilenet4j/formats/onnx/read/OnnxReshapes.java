package org.mobilenet4j.formats.onnx.read;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.arch.ChannelShuffle;
import org.mobilenet4j.arch.Flatten;
import org.mobilenet4j.error.BadValueException;

/// Reads the operators of an ONNX graph that only move values. Most of them produce no layer.
final class OnnxReshapes {
    private final OnnxGraph graph;
    private final long batch;

    /// @param batch the batch size that the file was exported for, or 0 for any
    OnnxReshapes(OnnxGraph graph, long batch) {
        this.graph = graph;
        this.batch = batch;
    }

    void transpose(OnnxNode node) {
        var map = graph.map(node, 0);
        var permutation = node.wholes("perm", map.rank(), -1);
        var seen = new boolean[map.rank()];
        for (int axis : permutation) {
            if (axis < 0 || axis >= seen.length || seen[axis]) {
                throw node.odd("it does not permute all axes of " + map + "");
            }
            seen[axis] = true;
        }
        if (permutation[0] != 0) {
            throw node.odd("it moves the batch, which must stay the first axis");
        }
        graph.put(node.output(), map.transposed(permutation));
    }

    /// `Reshape` to `target`, where 0 keeps a size and -1 is inferred.
    void reshape(OnnxNode node, long[] target) {
        var map = graph.map(node, 0);
        if (isMerging(map, target)) {
            graph.put(node.output(), map.merged());
            return;
        }
        if (target.length < 2) {
            throw node.odd("it flattens the whole batch");
        }
        boolean keeps = node.whole("allowzero", 0) == 0;
        var sizes = new ArrayList<Integer>();
        int open = -1;
        long product = 1;
        for (int k = 1; k < target.length; k++) {
            long size = target[k] == 0 && keeps && k < map.rank() ? map.sizes().get(k - 1) : target[k];
            if (size == -1 && open < 0) {
                open = k - 1;
                size = 1;
            } else if (size < 1 || size > map.shape().elements()) {
                throw misfit(node, map, target);
            }
            sizes.add((int) size);
            product = Math.min(product * size, Integer.MAX_VALUE);
        }
        if (open >= 0 && map.shape().elements() % product == 0) {
            sizes.set(open, (int) (map.shape().elements() / product));
        }
        boolean keepsBatch = (target[0] == 0 && keeps && !map.isMerged())
                || (target[0] == -1 && open < 0 && product == map.shape().elements())
                || target[0] == 1
                || target[0] == batch;
        if (!keepsBatch) {
            throw misfit(node, map, target);
        }
        put(node, map.reshaped(sizes).orElseThrow(() -> misfit(node, map, target)));
    }

    /// Whether `target` is `(N * H * W) x C`, as before a dense layer over a map.
    private boolean isMerging(OnnxFeatureMap map, long[] target) {
        long pixels = map.shape().pixels();
        return target.length == 2
                && pixels > 1
                && target[1] == map.shape().channels()
                && (target[0] == -1 || target[0] == pixels * Math.max(batch, 1))
                && map.isInOrder();
    }

    private static BadValueException misfit(OnnxNode node, OnnxFeatureMap map, long[] target) {
        return node.odd("it reshapes " + map + " to " + OnnxSizes.text(target)
                + "; only flattening, splitting channels into groups, and the reverse are supported");
    }

    /// `Flatten` from `axis` on.
    void flatten(OnnxNode node) {
        var map = graph.map(node, 0);
        int axis = node.whole("axis", 1);
        if (axis != 1 && axis != 1 - map.rank()) {
            throw node.odd("it flattens from axis " + axis + "; only axis 1, after the batch, is supported");
        }
        var flat = map.reshaped(List.of(map.shape().elements()));
        put(node, flat.orElseThrow());
    }

    /// Keeps the reshaped `map` as it is, or adds the layer that does the same to our feature maps.
    private void put(OnnxNode node, OnnxFeatureMap map) {
        int groups = map.shuffledGroups();
        if (groups > 0) {
            var name = graph.name(node, () -> graph.names().first("channel_shuffle"));
            graph.put(node.output(), map.shuffled(graph.append(node, map, new ChannelShuffle(name, groups))));
        } else if (map.rank() == 2 && map.shape().pixels() > 1 && map.isInOrder()) {
            var layer = new Flatten(graph.name(node, () -> graph.names().first("flatten")));
            int id = graph.append(node, map, layer);
            graph.put(node.output(), OnnxFeatureMap.vector(id, layer.outputShape(map.shape())));
        } else {
            graph.put(node.output(), map);
        }
    }

    void squeeze(OnnxNode node, long @Nullable [] axes) {
        var map = graph.map(node, 0);
        if (axes == null) {
            throw node.odd("it gives no axes");
        }
        var drop = new boolean[map.rank()];
        for (long axis : axes) {
            int place = OnnxWeightlessOperators.axis(node, axis, map);
            if (!map.axes().get(place).isEmpty()) {
                throw node.odd("it removes axis " + axis + " of " + map + ", whose size is not 1");
            }
            drop[place] = true;
        }
        var kept = new ArrayList<List<OnnxFeatureMap.Side>>();
        for (int k = 0; k < map.axes().size(); k++) {
            if (!drop[k]) {
                kept.add(map.axes().get(k));
            }
        }
        if (kept.isEmpty()) {
            throw node.odd("it removes all axes except the batch");
        }
        put(node, new OnnxFeatureMap(map.id(), map.shape(), kept));
    }

    void unsqueeze(OnnxNode node, long @Nullable [] axes) {
        var map = graph.map(node, 0);
        int rank = map.rank() + (axes == null ? 0 : axes.length);
        var added = new boolean[rank];
        for (long axis : axes == null ? new long[] {0} : axes) {
            long place = axis < 0 ? axis + rank : axis;
            if (place < 1 || place >= rank || added[(int) place]) {
                throw node.odd(
                        "it inserts axis " + axis + " into " + map + "; only axes after the batch are supported");
            }
            added[(int) place] = true;
        }
        var old = map.axes().iterator();
        var all = new ArrayList<List<OnnxFeatureMap.Side>>();
        for (int k = 1; k < rank; k++) {
            all.add(added[k] ? List.of() : old.next());
        }
        graph.put(node.output(), new OnnxFeatureMap(map.id(), map.shape(), all));
    }
}
