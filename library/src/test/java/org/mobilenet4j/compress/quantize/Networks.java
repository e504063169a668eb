package org.mobilenet4j.compress.quantize;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.BilinearResize;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.GlobalAveragePool;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.arch.Requantize;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Sigmoid;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.arch.zoo.MobileNetV1;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.Shape;

/// Networks to quantize, with weights at random.
final class Networks {
    private static final Window SAME = Window.square(3, 1, Padding.SAME);

    private Networks() {}

    static Model model(Network network, long seed) {
        return new Model(network, Weights.random(network, seed), List.of(), Preprocessing.TF_SLIM);
    }

    static Model mobileNet(long seed) {
        return model(MobileNetV1.of(0.25, 32, 10).network(), seed);
    }

    /// Grouped, depthwise with two channels of each, pooled: all that equalization goes through.
    static Model chain(long seed) {
        return model(
                network(
                        "chain",
                        Conv.of("conv", 8, SAME).withBias(),
                        Activation.relu("conv_relu"),
                        new DepthwiseConv("dw", SAME, 2, true),
                        Activation.relu("dw_relu"),
                        Pool.max("max", Window.square(2, 2, Padding.SAME)),
                        new Conv("grouped", 12, SAME, 4, true),
                        Activation.relu("grouped_relu"),
                        new GlobalAveragePool("pool"),
                        Dense.of("fc", 5)),
                seed);
    }

    /// Joins of every kind, and layers that keep the scale of what they read.
    static Model branches(long seed) {
        return model(
                network(
                        "branches",
                        Conv.of("conv", 8, Window.square(3, 2, Padding.SAME)).withBias(),
                        Activation.relu6("conv_relu"),
                        new Parallel(
                                "join",
                                Parallel.Join.CONCATENATE,
                                List.of(
                                        Pool.average("average", SAME),
                                        Sequence.of(
                                                Conv.pointwise("pw", 8),
                                                new BatchNorm("pw_bn"),
                                                Activation.relu("pw_relu")))),
                        new Parallel(
                                "add",
                                Parallel.Join.ADD,
                                List.of(
                                        Sequence.identity(),
                                        DepthwiseConv.of("dw", SAME).withBias())),
                        Activation.relu("add_relu"),
                        new Parallel(
                                "gated",
                                Parallel.Join.MULTIPLY,
                                List.of(
                                        Sequence.identity(),
                                        Sequence.of(Conv.pointwise("gate_pw", 16), new Sigmoid("gate")))),
                        new BilinearResize("resize", 7, 4, BilinearResize.Coordinates.HALF_PIXEL),
                        new Requantize("requantize"),
                        new GlobalAveragePool("pool"),
                        Dense.of("fc", 6),
                        new Softmax("softmax")),
                seed);
    }

    static Network network(String name, Layer... layers) {
        return new Network(name, new Shape(12, 10, 3), Sequence.of(layers));
    }

    /// Images of noise and waves, in [-1, 1].
    static Photos photos(Network network, int count, long seed) {
        var random = new Random(seed);
        var all = new ArrayList<float[]>();
        for (int p = 0; p < count; p++) {
            var image = new float[network.input().elements()];
            double length = random.nextDouble(2, 40);
            for (int i = 0; i < image.length; i++) {
                image[i] = (float) (0.6 * Math.sin(i / length) + random.nextDouble(-0.4, 0.4));
            }
            all.add(image);
        }
        return Photos.of(all);
    }
}
