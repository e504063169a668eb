package org.mobilenet4j.formats.onnx.read;

import org.mobilenet4j.arch.BilinearResize;
import org.mobilenet4j.arch.BilinearResize.Coordinates;

/// Reads ONNX's linear `Resize` of rows and columns.
final class OnnxResize {
    private final OnnxGraph graph;
    private final OnnxSizes sizes;

    OnnxResize(OnnxGraph graph, OnnxSizes sizes) {
        this.graph = graph;
        this.sizes = sizes;
    }

    void read(OnnxNode node) {
        var map = graph.map(node, 0);
        if (!node.text("mode", "nearest").equals("linear")) {
            throw node.odd("its mode is " + node.text("mode", "nearest") + "; only linear is supported");
        }
        if (node.whole("antialias", 0) != 0 || node.attribute("axes") != null) {
            throw node.odd("it uses antialiasing or axes, which are not supported");
        }
        if (map.rank() != 4 || !(map.isChannelsFirst() || map.isChannelsLast())) {
            throw node.odd("it resizes " + map + "; only feature maps are supported");
        }
        int rows = map.isChannelsFirst() ? 2 : 1;
        var shape = map.shape();
        int height = size(node, rows, shape.height());
        int width = size(node, rows + 1, shape.width());
        int channels = map.isChannelsFirst() ? 1 : 3;
        if (size(node, channels, shape.channels()) != shape.channels()) {
            throw node.odd("it resizes channels; only rows and columns are supported");
        }
        var name = graph.name(node, () -> graph.names().first("resize"));
        var resize = new BilinearResize(name, height, width, coordinates(node, height, width));
        int id = graph.append(node, map, resize);
        var after = resize.outputShape(shape);
        graph.put(
                node.output(),
                map.isChannelsFirst()
                        ? OnnxFeatureMap.channelsFirst(id, after)
                        : OnnxFeatureMap.channelsLast(id, after));
    }

    private static Coordinates coordinates(OnnxNode node, int height, int width) {
        var mode = node.text("coordinate_transformation_mode", "half_pixel");
        return switch (mode) {
            case "half_pixel" -> Coordinates.HALF_PIXEL;
            case "align_corners" -> Coordinates.ALIGN_CORNERS;
            case "asymmetric" -> Coordinates.ASYMMETRIC;
            case String torch
            when torch.equals("pytorch_half_pixel") && height > 1 && width > 1 -> Coordinates.HALF_PIXEL;
            default ->
                throw node.odd("its coordinates are " + mode
                        + "; only half_pixel, align_corners and asymmetric are supported");
        };
    }

    /// The new size of axis `axis`, which has `before` pixels: given by `sizes`, or by `scales` if they give integers.
    private int size(OnnxNode node, int axis, int before) {
        if (node.hasInput(3)) {
            var all = sizes.need(node, 3, "sizes");
            if (all.length != 4 || all[axis] < 1 || all[axis] > Short.MAX_VALUE) {
                throw node.odd("it resizes a feature map to " + OnnxSizes.text(all));
            }
            return (int) all[axis];
        }
        if (!node.hasInput(2) || !graph.isConstant(node.input(2))) {
            throw node.odd("it has no constant sizes or scales");
        }
        var scales = graph.floats(node, 2);
        double after = scales.size() == 4 ? before * (double) scales.get(axis) : 0;
        if (after < 1 || after > Short.MAX_VALUE || after != Math.rint(after)) {
            throw node.odd("its scales turn " + before + " pixels into " + after
                    + "; only scales that give integers are" + " supported");
        }
        return (int) after;
    }
}
