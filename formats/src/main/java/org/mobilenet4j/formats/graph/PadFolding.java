package org.mobilenet4j.formats.graph;

import java.util.ArrayList;
import java.util.List;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.arch.ZeroPad;

/// Gives the zeros that a layer of their own puts around a map to the convolution behind it, which then
/// reads them without anyone writing them: Keras's MobileNet pads in front of every strided depthwise
/// convolution.
final class PadFolding {
    private PadFolding() {}

    /// The same layers with every [ZeroPad] gone that stands right before a convolution without padding.
    static Sequence fold(Sequence sequence) {
        var layers = new ArrayList<Layer>();
        for (var layer : sequence.layers()) {
            var folded = inside(layer);
            if (!layers.isEmpty() && layers.getLast() instanceof ZeroPad pad && isUnpadded(folded)) {
                layers.removeLast();
                folded = padded(folded, pad.padding());
            }
            layers.add(folded);
        }
        return new Sequence(sequence.name(), layers);
    }

    private static Layer inside(Layer layer) {
        return switch (layer) {
            case Sequence sequence -> fold(sequence);
            case Parallel parallel -> {
                List<Layer> branches =
                        parallel.branches().stream().map(PadFolding::inside).toList();
                yield new Parallel(parallel.name(), parallel.join(), branches);
            }
            default -> layer;
        };
    }

    private static boolean isUnpadded(Layer layer) {
        return switch (layer) {
            case Conv conv -> conv.window().padding().equals(Padding.VALID);
            case DepthwiseConv conv -> conv.window().padding().equals(Padding.VALID);
            default -> false;
        };
    }

    private static Layer padded(Layer layer, Padding padding) {
        return switch (layer) {
            case Conv conv ->
                new Conv(conv.name(), conv.filters(), padded(conv.window(), padding), conv.groups(), conv.bias());
            case DepthwiseConv conv ->
                new DepthwiseConv(conv.name(), padded(conv.window(), padding), conv.channelMultiplier(), conv.bias());
            default -> layer;
        };
    }

    private static Window padded(Window window, Padding padding) {
        return new Window(window.height(), window.width(), window.stride(), window.dilation(), padding);
    }
}
