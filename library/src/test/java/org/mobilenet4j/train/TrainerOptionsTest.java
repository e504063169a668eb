package org.mobilenet4j.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.GlobalAveragePool;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Sigmoid;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.Shape;
import org.mobilenet4j.train.loss.MeanSquaredError;
import org.mobilenet4j.train.loss.SigmoidCrossEntropy;
import org.mobilenet4j.train.loss.SoftmaxCrossEntropy;
import org.mobilenet4j.train.loss.TwoClassCrossEntropy;

/// What a network's outputs mean decides what its training minimizes.
class TrainerOptionsTest {
    private static final TrainerOptions OPTIONS = TrainerOptions.of(
                    Recipe.DEFAULT.with("label-smoothing", "0.1").withBatch(4))
            .withThreads(1);

    private static Network network(int units, Layer... end) {
        var layers = new ArrayList<Layer>(List.of(new GlobalAveragePool("pool"), Dense.of("fc", units)));
        layers.addAll(List.of(end));
        return new Network("small", new Shape(4, 4, 3), new Sequence("", layers));
    }

    @Test
    void theOutputsChooseTheLoss() {
        assertThat(OPTIONS.lossOf(network(3, new Softmax("end")))).isEqualTo(new SoftmaxCrossEntropy(0.1));
        assertThat(OPTIONS.lossOf(network(3))).isEqualTo(new SoftmaxCrossEntropy(0.1));
        assertThat(OPTIONS.lossOf(network(3, new Sigmoid("end")))).isEqualTo(new SigmoidCrossEntropy(0.1));
        assertThat(OPTIONS.lossOf(network(1, new Sigmoid("end")))).isEqualTo(new TwoClassCrossEntropy(0.1));
        assertThat(OPTIONS.withLoss(new MeanSquaredError()).lossOf(network(3))).isEqualTo(new MeanSquaredError());
    }

    /// Gray photos, bright ones of the second class: a single sigmoid learns them, and counts its hits.
    @Test
    void oneSigmoidIsTrainedOnTwoClasses() {
        var network = network(1, new Sigmoid("end"));
        var trainer = Trainer.of(network, Weights.random(network, 1), OPTIONS);
        var images = new float[4 * 48];
        var targets = new float[8];
        for (int i = 0; i < 4; i++) {
            java.util.Arrays.fill(images, i * 48, (i + 1) * 48, i % 2 == 0 ? -1 : 1);
            targets[2 * i + i % 2] = 1;
        }
        double first = trainer.step(images, targets, 4, 0.5);
        double last = first;
        for (int step = 0; step < 50; step++) {
            last = trainer.step(images, targets, 4, 0.5);
        }

        assertThat(last).isLessThan(first);
        assertThat(trainer.hits()).isEqualTo(4);
    }
}
