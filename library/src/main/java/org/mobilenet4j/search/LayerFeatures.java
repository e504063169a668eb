package org.mobilenet4j.search;

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
import org.mobilenet4j.cost.LayerCost;
import org.mobilenet4j.infer.measure.Machine;

/// The features of a layer from which a linear model predicts its latency.
///
/// Kernels compute whole vectors of channels, so mult-adds are counted with channels rounded up to full vectors.
final class LayerFeatures {
    private static final int STEM = 0;
    private static final int STANDARD = 1;
    private static final int DEPTHWISE = 2;
    private static final int DEPTHWISE_BYTES = 3;
    private static final int POINTWISE = 4;
    private static final int POINTWISE_BYTES = 5;
    private static final int WEIGHT_BYTES = 6;
    private static final int DENSE_BYTES = 7;
    private static final int POOLING_BYTES = 8;
    private static final int OTHER_BYTES = 9;
    private static final int LAYER = 10;

    /// The number of features.
    static final int COUNT = 11;

    private LayerFeatures() {}

    /// Adds the features of `layer` to `features`.
    static void add(LayerCost layer, double[] features) {
        double work = layer.multAdds() * rounding(layer.output().channels());
        double maps = (double) Float.BYTES
                * (layer.input().elements() + layer.output().elements());
        double weights = (double) Float.BYTES * layer.parameters().weights();
        switch (layer.kind()) {
            case STANDARD -> {
                features[layer.input().channels() < lanes() ? STEM : STANDARD] += work;
                features[WEIGHT_BYTES] += weights;
                features[LAYER]++;
            }
            case DEPTHWISE -> {
                features[DEPTHWISE] += work;
                features[DEPTHWISE_BYTES] += maps;
                features[LAYER]++;
            }
            case POINTWISE -> {
                features[POINTWISE] += work;
                features[POINTWISE_BYTES] += maps;
                features[WEIGHT_BYTES] += weights;
                features[LAYER]++;
            }
            case DENSE -> features[DENSE_BYTES] += weights;
            case POOLING -> features[POOLING_BYTES] += maps;
            case OTHER -> features[OTHER_BYTES] += maps;
            case NORMALIZATION -> {
                // Folded into the layer before.
            }
        }
    }

    private static double rounding(int channels) {
        return Math.ceilDiv(channels, lanes()) * (double) lanes() / channels;
    }

    private static int lanes() {
        return Math.max(1, Machine.vectorBits() / Float.SIZE);
    }

    /// Whether a layer takes any time: not if it is folded into the layer before.
    static boolean counts(Layer layer) {
        return switch (layer) {
            case BatchNorm _, Activation _, Dropout _, Requantize _ -> false;
            case Conv _,
                    DepthwiseConv _,
                    Dense _,
                    Pool _,
                    GlobalAveragePool _,
                    Softmax _,
                    Sigmoid _,
                    Nonlinearity _,
                    Prelu _,
                    LocalResponseNorm _,
                    ChannelShuffle _,
                    Flatten _,
                    ZeroPad _,
                    BilinearResize _,
                    Parallel _,
                    Sequence _ -> true;
        };
    }
}
