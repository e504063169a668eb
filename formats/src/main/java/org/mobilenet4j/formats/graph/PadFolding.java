package org.mobilenet4j.formats.graph;

import java.util.ArrayList;
import org.mobilenet4j.arch.Convolution;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Leaf;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.arch.ZeroPad;

/// Folds padding layers into the convolution that follows, so that the padded feature map is never written. Keras's
/// MobileNet has a padding layer before every strided depthwise convolution.
final class PadFolding {
    private PadFolding() {}

    /// The same layers without any [ZeroPad] right before a convolution without padding.
    static Sequence fold(Sequence sequence) {
        var layers = new ArrayList<Layer>();
        for (var layer : sequence.layers()) {
            var folded = inside(layer);
            if (!layers.isEmpty()
                    && layers.getLast() instanceof ZeroPad pad
                    && folded instanceof Convolution conv
                    && isUnpadded(conv)) {
                layers.removeLast();
                folded = conv.withWindow(padded(conv.window(), pad.padding()));
            }
            layers.add(folded);
        }
        return new Sequence(sequence.name(), layers);
    }

    private static Layer inside(Layer layer) {
        return switch (layer) {
            case Sequence sequence -> fold(sequence);
            case Parallel parallel -> parallel.mapInner(PadFolding::inside);
            case Leaf leaf -> leaf;
        };
    }

    private static boolean isUnpadded(Convolution conv) {
        return conv.window().padding().equals(Padding.VALID);
    }

    private static Window padded(Window window, Padding padding) {
        return window.withPadding(padding);
    }
}
