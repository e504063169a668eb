package org.mobilenet4j.cost;

import java.util.Objects;
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

/// The kinds of layers by which costs are summed, as in table 2 of the paper.
public enum Kind {
    /// A convolution with a window larger than 1x1, grouped or not.
    STANDARD("standard"),
    /// A depthwise convolution.
    DEPTHWISE("depthwise"),
    /// A 1x1 convolution.
    POINTWISE("pointwise"),
    /// A fully connected layer.
    DENSE("dense"),
    /// Max, average and global pooling.
    POOLING("pooling"),
    /// Batch normalization and local response normalization.
    NORMALIZATION("normalization"),
    /// Everything else: activations, softmax, sigmoid, dropout, joins, padding, resizing.
    OTHER("other");

    private final String label;

    Kind(String label) {
        this.label = label;
    }

    /// The name in tables and in JSON, for example `depthwise`.
    public String label() {
        return label;
    }

    /// The kind of `layer`; for a [Parallel], the kind of its join.
    public static Kind of(Layer layer) {
        Objects.requireNonNull(layer, "layer");
        return switch (layer) {
            case Conv conv -> conv.window().taps() == 1 ? POINTWISE : STANDARD;
            case DepthwiseConv _ -> DEPTHWISE;
            case Dense _ -> DENSE;
            case Pool _, GlobalAveragePool _ -> POOLING;
            case BatchNorm _, LocalResponseNorm _ -> NORMALIZATION;
            case Activation _,
                    Softmax _,
                    Sigmoid _,
                    Nonlinearity _,
                    Prelu _,
                    Dropout _,
                    Flatten _,
                    ChannelShuffle _,
                    ZeroPad _,
                    BilinearResize _,
                    Requantize _,
                    Sequence _,
                    Parallel _ -> OTHER;
        };
    }
}
