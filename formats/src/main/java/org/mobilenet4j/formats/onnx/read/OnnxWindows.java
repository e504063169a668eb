package org.mobilenet4j.formats.onnx.read;

import java.util.List;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Padding.Explicit;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.tensor.Shape;

/// The windows of convolutions and pooling in an ONNX graph.
///
/// ONNX gives explicit padding. If it matches a rule, the rule is used, so that a network does not depend on the
/// exporter and stays correct for other input sizes. Rules are tried in this order: no padding, [Padding#SAME],
/// [Padding#SYMMETRIC].
final class OnnxWindows {
    private static final Explicit NONE = new Explicit(0, 0, 0, 0);

    private OnnxWindows() {}

    /// The window of `node`, of `rows` x `columns` taps on `input`.
    ///
    /// @param before padding that a preceding operator adds
    static Window window(OnnxNode node, int rows, int columns, Shape input, Explicit before) {
        var strides = node.wholes("strides", 2, 1);
        var dilations = node.wholes("dilations", 2, 1);
        if (dilations[0] != dilations[1]) {
            throw node.odd("its dilations " + dilations[0] + "x" + dilations[1]
                    + " differ between rows and columns; only equal ones are supported");
        }
        var bare = new Window(rows, columns, strides[0], strides[1], dilations[0], Padding.VALID);
        var own = pads(node, bare, input);
        var sum = new Explicit(
                own.top() + before.top(),
                own.bottom() + before.bottom(),
                own.left() + before.left(),
                own.right() + before.right());
        return with(bare, named(bare, sum, input));
    }

    /// The window of a pooling layer, which may extend past the end of the feature map (`ceil_mode`): that is padding
    /// that depends on the size of the feature map.
    static Window pool(OnnxNode node, Shape input) {
        var size = node.wholes("kernel_shape", 2, 0);
        var window = window(node, size[0], size[1], input, NONE);
        if (node.whole("ceil_mode", 0) == 0) {
            return window;
        }
        int top = window.top(input);
        int left = window.left(input);
        int bottom = overhang(input.height(), top, window.bottom(input), window.effectiveHeight(), window.strideRows());
        int right = overhang(input.width(), left, window.right(input), window.effectiveWidth(), window.strideColumns());
        return with(window, named(window, new Explicit(top, bottom, left, right), input));
    }

    /// The bottom or right padding needed for a last window that starts inside the feature map or in the padding before
    /// it.
    private static int overhang(int map, int before, int after, int reach, int stride) {
        int steps = Math.max(Math.ceilDiv(map + before + after - reach, stride), 0);
        if (steps * stride >= map + before) {
            steps--; // the whole window would lie past the feature map
        }
        return Math.max(steps * stride + reach - map - before, 0);
    }

    private static Explicit pads(OnnxNode node, Window window, Shape input) {
        return switch (node.text("auto_pad", "NOTSET")) {
            case "NOTSET" -> {
                var pads = node.wholes("pads", 4, 0);
                yield new Explicit(pads[0], pads[2], pads[1], pads[3]);
            }
            case "VALID" -> NONE;
            case "SAME_UPPER" -> numbers(with(window, Padding.SAME), input);
            case "SAME_LOWER" -> {
                var upper = numbers(with(window, Padding.SAME), input);
                int top = upper.bottom();
                int bottom = upper.top();
                int left = upper.right();
                int right = upper.left();
                yield new Explicit(top, bottom, left, right);
            }
            default -> throw node.odd("its padding is " + node.text("auto_pad", "") + ", which ONNX does not have");
        };
    }

    private static Padding named(Window window, Explicit pads, Shape input) {
        if (pads.equals(NONE)) {
            return window.taps() == 1 ? Padding.SAME : Padding.VALID;
        }
        for (var rule : List.of(Padding.SAME, Padding.SYMMETRIC)) {
            if (numbers(with(window, rule), input).equals(pads)) {
                return rule;
            }
        }
        return pads;
    }

    private static Explicit numbers(Window window, Shape input) {
        return new Explicit(window.top(input), window.bottom(input), window.left(input), window.right(input));
    }

    private static Window with(Window window, Padding padding) {
        return window.withPadding(padding);
    }
}
