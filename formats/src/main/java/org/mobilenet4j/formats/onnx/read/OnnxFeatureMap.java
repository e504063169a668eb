package org.mobilenet4j.formats.onnx.read;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mobilenet4j.tensor.Shape;

/// A feature map and its layout in an ONNX graph: which of its rows, columns and channels each axis of the tensor
/// stands for.
///
/// ONNX tensors are N x C x H x W, N x H x W x C between two transpositions, N x C, or any other shape that a graph
/// reshapes them to. Here the feature map itself does not change (rows, columns, channels); transposing and reshaping
/// only change the axes.
///
/// @param id of the value among [org.mobilenet4j.formats.graph.GraphNode]s
/// @param shape of the feature map in this library
/// @param axes for each axis of the tensor except the batch, what it runs over, outermost first; sides of 1 are
///     left out, since their position makes no difference
/// @param isMerged whether the first axis also runs over the batch, as in `(N * H * W) x C`
record OnnxFeatureMap(int id, Shape shape, List<List<Side>> axes, boolean isMerged) {
    /// What an axis runs over.
    enum Kind {
        ROW,
        COLUMN,
        CHANNEL,
        /// The outer part of channels that a graph has split in two axes.
        GROUP,
        /// The inner part.
        MEMBER
    }

    /// All or a part of an axis.
    record Side(Kind kind, int size) {}

    OnnxFeatureMap(int id, Shape shape, List<List<Side>> axes) {
        this(id, shape, axes, false);
    }

    OnnxFeatureMap {
        axes = axes.stream().map(List::copyOf).toList();
    }

    /// N x C x H x W.
    static OnnxFeatureMap channelsFirst(int id, Shape shape) {
        return new OnnxFeatureMap(id, shape, List.of(channels(shape), rows(shape), columns(shape)));
    }

    /// N x H x W x C.
    static OnnxFeatureMap channelsLast(int id, Shape shape) {
        return new OnnxFeatureMap(id, shape, List.of(rows(shape), columns(shape), channels(shape)));
    }

    /// N x C, for a feature map of one pixel.
    static OnnxFeatureMap vector(int id, Shape shape) {
        return new OnnxFeatureMap(id, shape, List.of(channels(shape)));
    }

    static List<Side> channels(Shape shape) {
        return side(Kind.CHANNEL, shape.channels());
    }

    private static List<Side> rows(Shape shape) {
        return side(Kind.ROW, shape.height());
    }

    private static List<Side> columns(Shape shape) {
        return side(Kind.COLUMN, shape.width());
    }

    private static List<Side> side(Kind kind, int size) {
        return size == 1 ? List.of() : List.of(new Side(kind, size));
    }

    /// The output of node `newId` on this feature map, of the same sizes.
    OnnxFeatureMap with(int newId) {
        return new OnnxFeatureMap(newId, shape, axes, isMerged);
    }

    /// The same values as `(N * H * W) x C`; they must be in this library's order.
    OnnxFeatureMap merged() {
        var pixels = new ArrayList<>(rows(shape));
        pixels.addAll(columns(shape));
        return new OnnxFeatureMap(id, shape, List.of(pixels, channels(shape)), true);
    }

    /// The output of node `newId`, with `count` channels in the last axis in place of this one's.
    OnnxFeatureMap withChannels(int newId, int count) {
        var newShape = shape.withChannels(count);
        var all = new ArrayList<>(axes);
        all.set(all.size() - 1, channels(newShape));
        return new OnnxFeatureMap(newId, newShape, all, isMerged);
    }

    boolean isChannelsFirst() {
        return !isMerged && axes.equals(channelsFirst(id, shape).axes);
    }

    boolean isChannelsLast() {
        return !isMerged && axes.equals(channelsLast(id, shape).axes);
    }

    /// Whether axis `axis`, counted without the batch, is the channels.
    boolean isChannels(int axis) {
        return axes.get(axis).equals(channels(shape));
    }

    /// The number of axes, including the batch.
    int rank() {
        return axes.size() + (isMerged ? 0 : 1);
    }

    /// The tensor's sizes without the batch.
    List<Integer> sizes() {
        return axes.stream()
                .map(axis -> axis.stream().mapToInt(Side::size).reduce(1, Math::multiplyExact))
                .toList();
    }

    /// Whether the tensor has the same order of values as this library: row by row, channels innermost.
    boolean isInOrder() {
        return sides().equals(channelsLast(id, shape).sides());
    }

    /// The same, wherever axes split the channels.
    boolean isInOrderWhole() {
        return joined(sides(), Kind.GROUP, Kind.MEMBER)
                .equals(channelsLast(id, shape).sides());
    }

    private List<Side> sides() {
        return axes.stream().flatMap(List::stream).toList();
    }

    /// For each value of the tensor, in its order, the index of the value in this library's order.
    ///
    /// @throws IllegalStateException if channels are split
    int[] order() {
        int[] order = {0};
        for (var side : sides()) {
            int stride = switch (side.kind()) {
                case ROW -> shape.width() * shape.channels();
                case COLUMN -> shape.channels();
                case CHANNEL -> 1;
                case GROUP, MEMBER -> throw new IllegalStateException("split channels");
            };
            var next = new int[order.length * side.size()];
            for (int i = 0; i < next.length; i++) {
                next[i] = order[i / side.size()] + i % side.size() * stride;
            }
            order = next;
        }
        return order;
    }

    /// The same values as a tensor of other sizes, without the batch; empty if that would split rows or columns.
    Optional<OnnxFeatureMap> reshaped(List<Integer> sizes) {
        var left = new ArrayDeque<>(sides());
        var regrouped = new ArrayList<List<Side>>();
        for (int size : sizes) {
            var axis = new ArrayList<Side>();
            int open = size;
            while (open > 1) {
                var next = left.poll();
                if (next == null) {
                    return Optional.empty();
                }
                if (open % next.size() == 0) {
                    axis.add(next);
                    open /= next.size();
                } else if (next.kind() == Kind.CHANNEL && next.size() % open == 0) {
                    axis.add(new Side(Kind.GROUP, open));
                    left.addFirst(new Side(Kind.MEMBER, next.size() / open));
                    open = 1;
                } else {
                    return Optional.empty();
                }
            }
            regrouped.add(joined(axis, Kind.GROUP, Kind.MEMBER));
        }
        return left.isEmpty() ? Optional.of(new OnnxFeatureMap(id, shape, regrouped)) : Optional.empty();
    }

    /// The number of groups, if the channels were split into groups and are one axis again with the members outermost,
    /// as a channel shuffle does; 0 otherwise.
    int shuffledGroups() {
        for (var axis : axes) {
            for (int i = 1; i < axis.size(); i++) {
                if (axis.get(i - 1).kind() == Kind.MEMBER && axis.get(i).kind() == Kind.GROUP) {
                    return axis.get(i).size();
                }
            }
        }
        return 0;
    }

    /// This feature map with its channels shuffled by node `newId`.
    OnnxFeatureMap shuffled(int newId) {
        return new OnnxFeatureMap(
                newId,
                shape,
                axes.stream().map(axis -> joined(axis, Kind.MEMBER, Kind.GROUP)).toList());
    }

    /// `axis` with channels in place of their two parts, if these are adjacent and in order.
    private static List<Side> joined(List<Side> axis, Kind outer, Kind inner) {
        var sides = new ArrayList<Side>();
        for (var side : axis) {
            if (side.kind() == inner && !sides.isEmpty() && sides.getLast().kind() == outer) {
                sides.add(new Side(Kind.CHANNEL, sides.removeLast().size() * side.size()));
            } else {
                sides.add(side);
            }
        }
        return sides;
    }

    /// Axis `k` of the result is axis `permutation[k]` of this tensor. The batch is axis 0 and stays there.
    OnnxFeatureMap transposed(int[] permutation) {
        var moved = new ArrayList<List<Side>>();
        for (int k = 1; k < permutation.length; k++) {
            moved.add(axes.get(permutation[k] - 1));
        }
        return new OnnxFeatureMap(id, shape, moved);
    }

    /// The tensor's sizes, for messages: `Nx3x224x224`.
    @Override
    public String toString() {
        return "N" + (isMerged ? "*" + shape.pixels() + "x" + shape.channels() : "") + (isMerged ? "" : sizesText());
    }

    private String sizesText() {
        return String.join("", sizes().stream().map(size -> "x" + size).toList());
    }
}
