package org.mobilenet4j.explain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.Tensor;
import org.mobilenet4j.train.Recipe;
import org.mobilenet4j.train.Trainer;
import org.mobilenet4j.train.TrainerOptions;
import org.mobilenet4j.train.loss.Loss;

/// How much a class's logit changes with each channel of a feature map, by the trainer's backward pass.
///
/// In front of the layers stands one that changes nothing: a depthwise convolution of one tap, 1, and a bias, 0. The
/// gradient of a channel's bias is the sum of the gradients of all the channel's pixels, and one step of descent at a
/// rate of 1, with the negative logit as the loss, makes it the bias.
final class Gradient {
    private static final String IDENTITY = "explained_map";
    private static final Recipe ONE_STEP = Recipe.DEFAULT
            .with("optimizer", "sgd:momentum=0")
            .with("weight-decay", "0")
            .with("label-smoothing", "0")
            .with("average-decay", "0")
            .withRate(1)
            .withBatch(1);

    private final Network network;
    private final Weights weights;

    Gradient(Model head) {
        var layers = new ArrayList<Layer>();
        layers.add(
                DepthwiseConv.of(IDENTITY, Window.square(1, 1, Padding.VALID)).withBias());
        layers.add(head.network().body());
        this.network = new Network(head.network().name(), head.network().input(), new Sequence("", layers));
        int channels = network.input().channels();
        var ones = new float[channels];
        Arrays.fill(ones, 1);
        var tensors = new LinkedHashMap<String, Tensor>();
        tensors.put(IDENTITY + "/depthwise_kernel", Tensor.of(ones, 1, 1, channels, 1));
        tensors.put(IDENTITY + "/bias", Tensor.of(new float[channels], channels));
        tensors.putAll(head.weights().tensors());
        this.weights = new Weights(tensors);
    }

    /// What the layers do with a feature map.
    static final class Slope {
        private final float[] channels;
        private final double logit;

        private Slope(float[] channels, double logit) {
            this.channels = channels;
            this.logit = logit;
        }

        /// The gradient of the logit for each channel, summed over its pixels.
        float[] channels() {
            return channels;
        }

        /// The class's score.
        double logit() {
            return logit;
        }
    }

    /// @param map the feature map, dense HWC
    /// @param output which output of the network
    /// @param sign -1 for the class that the output speaks against
    Slope of(float[] map, int output, int sign) {
        var loss = new NegativeLogit(output, sign);
        var options = TrainerOptions.of(ONE_STEP).withThreads(1).withLoss(loss).withTrained(IDENTITY::equals);
        var trainer = Trainer.of(network, weights, options);
        double negative = trainer.step(map, new float[0], 1, 1);
        return new Slope(trainer.weights().get(IDENTITY + "/bias").toArray(), -negative);
    }

    private record NegativeLogit(int output, int sign) implements Loss {
        @Override
        public double run(
                float[] scores, float[] targets, float[] gradients, int fromRow, int toRow, int width, int batch) {
            double sum = 0;
            for (int row = fromRow; row < toRow; row++) {
                Arrays.fill(gradients, row * width, (row + 1) * width, 0);
                gradients[row * width + output] = -sign / (float) batch;
                sum -= sign * (double) scores[row * width + output];
            }
            return sum;
        }

        @Override
        public int targets(int width) {
            return 0;
        }
    }
}
