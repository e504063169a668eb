package org.mobilenet4j.arch.zoo;

import java.util.ArrayList;
import java.util.List;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Window;

/// Xception's blocks (Chollet, arXiv 1610.02357, figure 5), to compare with MobileNet's: a separable convolution has no
/// non-linearity and no normalization between its depthwise and its pointwise half, and a block adds its input to its
/// output. Layer names follow Keras's, with `_dw` and `_pw` for the halves.
public final class Xception {
    /// Filters of the middle flow's block, which is repeated eight times on 19 x 19 x 728.
    private static final List<Integer> MIDDLE = List.of(728, 728, 728);

    private Xception() {}

    /// A 3x3 depthwise convolution, directly followed by a pointwise one, and batch normalization.
    ///
    /// @param name of the pair: its halves are `name_dw` and `name_pw`
    /// @param filters output channels
    public static Sequence separable(String name, int filters) {
        return new Sequence(
                name,
                List.of(
                        DepthwiseConv.of(name + "_dw", Window.square(3, 1, Padding.SAME)),
                        Conv.pointwise(name + "_pw", filters),
                        new BatchNorm(name + "_bn")));
    }

    /// A block of the middle flow: ReLU and separable convolution, three times, added to the input, which must
    /// have 728 channels.
    public static Parallel middle(String name) {
        return residual(name, MIDDLE, Sequence.identity(), List.of());
    }

    /// A block that halves the feature map, as in the entry flow: ReLU and separable convolution for each of
    /// `filters`, then max pooling, added to a pointwise convolution of stride 2.
    ///
    /// @param filters output channels of each separable convolution; the last are the block's
    public static Parallel halving(String name, List<Integer> filters) {
        var shortcut = new Sequence(
                "",
                List.of(
                        Conv.of(name + "_shortcut", filters.getLast(), Window.square(1, 2, Padding.SAME)),
                        new BatchNorm(name + "_shortcut_bn")));
        var pool = Pool.max(name + "_pool", Window.square(3, 2, Padding.SAME));
        return residual(name, filters, shortcut, List.of(pool));
    }

    private static Parallel residual(String name, List<Integer> filters, Layer shortcut, List<Layer> end) {
        var layers = new ArrayList<Layer>();
        for (int i = 0; i < filters.size(); i++) {
            var separable = name + "_sepconv" + (i + 1);
            layers.add(Activation.relu(separable + "_act"));
            layers.add(separable(separable, filters.get(i)));
        }
        layers.addAll(end);
        return new Parallel(name + "_add", Parallel.Join.ADD, List.of(shortcut, new Sequence(name, layers)));
    }
}
