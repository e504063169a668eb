package org.mobilenet4j.formats.graph;

import java.util.List;
import org.mobilenet4j.tensor.Shape;

/// How tensors with channels last show feature maps: `1 x H x W x C`, but also `HW x C`, or with other sides of 1,
/// which
/// reshapes and transposes add and drop without changing anything.
public final class MapView {
    private MapView() {}

    /// Whether a tensor of `dims` can be read as a feature map of `shape`.
    public static boolean shows(List<Integer> dims, Shape shape) {
        var sides = sides(dims);
        return sides.equals(sides(List.of(shape.height(), shape.width(), shape.channels())))
                || sides.equals(sides(List.of(shape.pixels(), shape.channels())));
    }

    /// Whether a tensor of `dims` holds the values of a feature map of `shape` as one list.
    public static boolean isFlat(List<Integer> dims, Shape shape) {
        return !dims.isEmpty()
                && dims.getLast() == shape.elements()
                && dims.stream().limit(dims.size() - 1L).allMatch(dim -> dim == 1);
    }

    /// Whether a transpose of a tensor of `dims` leaves its values in their order.
    public static boolean keepsOrder(List<Integer> dims, List<Integer> permutation) {
        var moved = permutation.stream().filter(axis -> dims.get(axis) != 1).toList();
        return moved.equals(moved.stream().sorted().toList());
    }

    private static List<Integer> sides(List<Integer> dims) {
        return dims.stream().filter(dim -> dim != 1).toList();
    }
}
