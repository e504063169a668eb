package org.mobilenet4j.compress.distill;

import java.util.List;
import java.util.Map;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.Dropout;
import org.mobilenet4j.arch.GlobalAveragePool;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.data.Split;
import org.mobilenet4j.data.augment.Augmentation;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.Shape;
import org.mobilenet4j.train.ColoredSquares;
import org.mobilenet4j.train.InitialWeights;
import org.mobilenet4j.train.Recipe;
import org.mobilenet4j.train.TrainerOptions;
import org.mobilenet4j.train.TrainingRun;
import org.mobilenet4j.train.TrainingSetup;

/// Small networks that learn the colors of squares, and their teachers.
final class School {
    static final List<String> COLORS = List.of("blue", "green", "red");
    static final TrainingRun.Listener NOBODY = new TrainingRun.Listener() {};
    static final Recipe RECIPE =
            Recipe.DEFAULT.withBatch(10).withEpochs(3).withRate(0.05).with("average-decay", "0.5");

    private School() {}

    static Network network(int side, int channels, int classes, Layer end) {
        return new Network(
                "small",
                new Shape(side, side, 3),
                Sequence.of(
                        Conv.of("conv1", channels, Window.square(3, 2, Padding.SAME)),
                        new BatchNorm("conv1_bn"),
                        Activation.relu6("conv1_relu"),
                        DepthwiseConv.of("conv_dw_1", Window.square(3, 2, Padding.SAME)),
                        new BatchNorm("conv_dw_1_bn"),
                        Activation.relu6("conv_dw_1_relu"),
                        Conv.pointwise("conv_pw_1", 2 * channels),
                        new BatchNorm("conv_pw_1_bn"),
                        Activation.relu6("conv_pw_1_relu"),
                        new GlobalAveragePool("pool"),
                        new Dropout("dropout", 0.1),
                        Dense.of("conv_preds", classes),
                        end));
    }

    static Network student() {
        return network(32, 6, 3, new Softmax("predictions"));
    }

    /// A teacher with weights at random, which has opinions all the same: of one class more, in another
    /// order.
    static Model teacher(int side) {
        return teacher(side, new Softmax("predictions"), 5);
    }

    static Model teacher(int side, Layer end, long seed) {
        var network = network(side, 12, 4, end);
        return new Model(
                network,
                Weights.random(network, seed),
                List.of("red", "gray", "blue", "green"),
                Preprocessing.TF_SLIM.withCrop(1));
    }

    static TrainingSetup alone(Network network, Augmentation augmentation, Recipe recipe) {
        return new TrainingSetup(
                new Model(
                        network,
                        InitialWeights.of(network, 3),
                        List.of(),
                        Preprocessing.TF_SLIM,
                        Map.of("why", "a test")),
                new Split(new ColoredSquares(60, 0), new ColoredSquares(30, 1000)),
                augmentation,
                TrainerOptions.of(recipe).withThreads(2).withSeed(7));
    }
}
