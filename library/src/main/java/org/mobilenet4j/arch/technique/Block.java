package org.mobilenet4j.arch.technique;

import java.util.ArrayList;
import java.util.List;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.ChannelShuffle;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.LocalResponseNorm;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.tensor.Shape;

/// A convolution and what belongs to it, among the layers of a chain: its normalisation and activation; the pointwise
/// convolution behind a depthwise one; the expansion behind a squeezing one; or a whole combination of branches.
///
/// @param start index of its first layer
/// @param end index behind its last layer
/// @param name of its first layer
/// @param keepsShape whether it makes a map of the shape that it reads
record Block(int start, int end, String name, boolean keepsShape) {

    /// The blocks of a chain that reads `input`, in order. Layers that belong to none, such as pooling, lie between.
    static List<Block> of(List<Layer> layers, Shape input) {
        var blocks = new ArrayList<Block>();
        var shape = input;
        int next = 0;
        while (next < layers.size()) {
            int start = next;
            next = end(layers, start);
            var before = shape;
            for (var layer : layers.subList(start, next)) {
                shape = layer.outputShape(shape);
            }
            if (isCore(layers.get(start))) {
                blocks.add(new Block(start, next, layers.get(start).name(), shape.equals(before)));
            }
        }
        return blocks;
    }

    private static int end(List<Layer> layers, int start) {
        int end = start + 1;
        if (!isCore(layers.get(start))) {
            return end;
        }
        end = endOfTail(layers, end);
        if (end < layers.size() && belongs(layers.get(start), layers.get(end))) {
            end = endOfTail(layers, end + 1);
        }
        return end;
    }

    private static int endOfTail(List<Layer> layers, int from) {
        int end = from;
        while (end < layers.size() && isTail(layers.get(end))) {
            end++;
        }
        return end;
    }

    private static boolean isCore(Layer layer) {
        return layer instanceof Conv
                || layer instanceof DepthwiseConv
                || layer instanceof Sequence
                || layer instanceof Parallel;
    }

    private static boolean isTail(Layer layer) {
        return layer instanceof BatchNorm
                || layer instanceof Activation
                || layer instanceof LocalResponseNorm
                || layer instanceof ChannelShuffle;
    }

    private static boolean belongs(Layer first, Layer second) {
        return switch (first) {
            case DepthwiseConv _ -> second instanceof Conv conv && conv.window().taps() == 1;
            case Conv conv -> conv.window().taps() == 1 && second instanceof Parallel;
            default -> false;
        };
    }
}
