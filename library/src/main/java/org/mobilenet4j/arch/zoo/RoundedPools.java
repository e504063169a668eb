package org.mobilenet4j.arch.zoo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Leaf;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Padding.Explicit;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.tensor.Shape;

/// Max pooling with output sizes rounded up, as in Caffe: padding at the end that depends on the size of the feature
/// map. When a technique changes sizes, this padding has to follow, so that `alexnet` at 160 pixels is the same however
/// it was made.
public final class RoundedPools {
    private final Map<String, Pool> pools = new HashMap<>();

    private RoundedPools(Network network) {
        for (var node : network.nodes()) {
            if (node.layer() instanceof Pool pool && isRounded(pool, node.input())) {
                pools.put(pool.name(), pool);
            }
        }
    }

    /// The padding of a window of `size` rows and columns that reaches past the end of the feature map `map` where
    /// needed.
    static Padding padding(Shape map, int size, int stride) {
        return new Explicit(0, overhang(map.height(), size, stride), 0, overhang(map.width(), size, stride));
    }

    /// `body`, in which the pools that round up in `before` also do so for the feature maps that follow from
    /// `input`.
    public static Layer adapted(Network before, Shape input, Layer body) {
        Objects.requireNonNull(before, "before");
        Objects.requireNonNull(input, "input");
        Objects.requireNonNull(body, "body");
        return new RoundedPools(before).adapted(body, input);
    }

    private Layer adapted(Layer layer, Shape input) {
        return switch (layer) {
            case Sequence sequence -> {
                var layers = new ArrayList<Layer>();
                var shape = input;
                for (var inner : sequence.layers()) {
                    var adapted = adapted(inner, shape);
                    shape = adapted.outputShape(shape);
                    layers.add(adapted);
                }
                yield new Sequence(sequence.name(), layers);
            }
            case Parallel parallel -> parallel.mapInner(branch -> adapted(branch, input));
            case Leaf leaf ->
                leaf instanceof Pool pool && pools.containsKey(pool.name())
                        ? Pool.max(pool.name(), rounded(pool.window(), input))
                        : leaf;
        };
    }

    /// Only overlapping windows: where they do not overlap, as in VGG, the remainder is dropped.
    private static boolean isRounded(Pool pool, Shape input) {
        var window = pool.window();
        return pool.kind() == Pool.Kind.MAX
                && window.height() == window.width()
                && window.hasOneStride()
                && window.height() > window.strideRows()
                && window.strideRows() > 1
                && window.equals(rounded(window, input));
    }

    private static Window rounded(Window window, Shape input) {
        int stride = window.strideRows();
        return Window.square(window.height(), stride, padding(input, window.height(), stride));
    }

    private static int overhang(int map, int size, int stride) {
        int steps = Math.max(Math.ceilDiv(map - size, stride), 0);
        return Math.max(steps * stride + size - map, 0);
    }
}
