package org.mobilenet4j.arch.technique;

import java.util.ArrayList;
import java.util.List;
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
import org.mobilenet4j.arch.Nonlinearity;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.arch.Prelu;
import org.mobilenet4j.arch.Requantize;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Sigmoid;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.arch.ZeroPad;
import org.mobilenet4j.tensor.Shape;

/// A convolution of a chain with the layers that belong to it: its normalization and activation; the pointwise
/// convolution after a depthwise one; the expansion after a squeezing one; or a whole group of parallel branches.
///
/// @param start index of its first layer
/// @param end index of its last layer, plus one
/// @param name name of its first layer
/// @param keepsShape whether its output has the shape of its input
record Block(int start, int end, String name, boolean keepsShape) {

    /// The blocks of a chain with input shape `input`, in order. Layers that belong to no block, such as pooling,
    /// are left out.
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
            if (role(layers.get(start)) == Role.CORE) {
                blocks.add(new Block(start, next, layers.get(start).name(), shape.equals(before)));
            }
        }
        return blocks;
    }

    private static int end(List<Layer> layers, int start) {
        int end = start + 1;
        if (role(layers.get(start)) != Role.CORE) {
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
        while (end < layers.size() && role(layers.get(end)) == Role.TAIL) {
            end++;
        }
        return end;
    }

    /// The role of a layer in a block: its core, something that may follow the core, or neither.
    private enum Role {
        CORE,
        TAIL,
        BETWEEN
    }

    private static Role role(Layer layer) {
        return switch (layer) {
            case Conv _, DepthwiseConv _, Sequence _, Parallel _ -> Role.CORE;
            case BatchNorm _, Activation _, LocalResponseNorm _, ChannelShuffle _ -> Role.TAIL;
            case Dense _,
                    Pool _,
                    GlobalAveragePool _,
                    Flatten _,
                    Dropout _,
                    Softmax _,
                    Sigmoid _,
                    Nonlinearity _,
                    Prelu _,
                    ZeroPad _,
                    BilinearResize _,
                    Requantize _ -> Role.BETWEEN;
        };
    }

    private static boolean belongs(Layer first, Layer second) {
        return first instanceof DepthwiseConv ? isPointwise(second) : isPointwise(first) && second instanceof Parallel;
    }

    private static boolean isPointwise(Layer layer) {
        return layer instanceof Conv conv && conv.window().taps() == 1;
    }
}
