package org.mobilenet4j.detect.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Flatten;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.data.augment.PlacedBoxes;
import org.mobilenet4j.detect.BoxCoder;
import org.mobilenet4j.detect.SsdAnchors;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.infer.Session;
import org.mobilenet4j.model.BoxOutputs;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Suppression;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.Shape;
import org.mobilenet4j.tensor.Tensor;
import org.mobilenet4j.train.InitialWeights;
import org.mobilenet4j.train.Recipe;
import org.mobilenet4j.train.Trainer;
import org.mobilenet4j.train.TrainerOptions;

/// A step of training a detector against the loss as its formulas say it, of what the inference engine computes.
class DetectionStepTest {
    private static final Shape INPUT = new Shape(16, 16, 3);
    private static final List<Shape> MAPS = List.of(new Shape(4, 4, 8));
    private static final int CLASSES = 2;
    private static final int BATCH = 3;
    private static final double RATE = 1e-2;

    private static final Network NETWORK = new Network(
            "tiny",
            INPUT,
            Sequence.of(
                    Conv.of("conv1", 8, Window.square(3, 4, Padding.SAME)).withBias(),
                    new Parallel(
                            "outputs",
                            Parallel.Join.CONCATENATE,
                            List.of(head("boxes", 3 * 4), head("scores", 3 * (CLASSES + 1))))));

    private static final BoxOutputs BOXES = new BoxOutputs(
            SsdAnchors.counts(MAPS),
            SsdAnchors.of(MAPS),
            BoxCoder.SSD_SCALES,
            CLASSES,
            true,
            BoxOutputs.Scores.LOGITS,
            Suppression.SSD);

    private static Sequence head(String name, int values) {
        return Sequence.of(Conv.pointwise(name, values).withBias(), new Flatten(name + "_flat"));
    }

    static List<DetectionLoss.Settings> settings() {
        return DetectionLossTest.settings();
    }

    @ParameterizedTest
    @MethodSource("settings")
    void aStepGoesDownTheSlopeOfTheDefinition(DetectionLoss.Settings settings) {
        var random = new SplittableRandom(4);
        var images = new float[BATCH * INPUT.elements()];
        for (int i = 0; i < images.length; i++) {
            images[i] = (float) random.nextDouble(-1, 1);
        }
        var matcher = new AnchorMatcher(BOXES);
        var targets = new float[BATCH * matcher.values()];
        for (int i = 0; i < BATCH; i++) {
            var boxes = new PlacedBoxes();
            boxes.add(i % 2, 0.1f, 0.2f, 0.4f + 0.1f * i, 0.6f);
            boxes.add(1, 0.5f, 0.5f, 0.8f, 0.7f);
            matcher.encode(boxes, targets, i * matcher.values());
        }
        var start = spread(InitialWeights.of(NETWORK, 3), random);
        var recipe = Recipe.DEFAULT
                .withBatch(BATCH)
                .with("optimizer", "sgd:momentum=0")
                .with("weight-decay", "0")
                .with("average-decay", "0");
        var trainer = Trainer.of(
                NETWORK, start, TrainerOptions.of(recipe).withThreads(2).withLoss(new DetectionLoss(BOXES, settings)));
        double loss = trainer.step(images, targets, BATCH, RATE);
        assertThat(loss).isCloseTo(loss(settings, start, images, targets), within(1e-4));
        var after = trainer.weights();
        for (var name : start.tensors().keySet()) {
            for (int k = 0; k < 3; k++) {
                int i = random.nextInt(tensor(start, name).size());
                double slope = (tensor(start, name).get(i) - tensor(after, name).get(i)) / RATE;
                float step = 2e-3f;
                double above = loss(settings, changed(start, name, i, step), images, targets);
                double below = loss(settings, changed(start, name, i, -step), images, targets);
                assertThat(slope).as(name + " " + i).isCloseTo((above - below) / (2 * step), within(2e-3));
            }
        }
    }

    private static double loss(DetectionLoss.Settings settings, Weights weights, float[] images, float[] targets) {
        var model = new Model(NETWORK, weights, List.of(), Preprocessing.TF_SLIM).withBoxes(BOXES);
        var outputs = Session.open(model, 1).run(images, BATCH);
        return DetectionLossTest.Definition.of(settings, BOXES, outputs, targets, BATCH);
    }

    /// With scores so different that a small step does not change which are mined.
    private static Weights spread(Weights weights, SplittableRandom random) {
        var changed = weights;
        for (int i = 0; i < tensor(weights, "scores/kernel").size(); i++) {
            changed = changed(changed, "scores/kernel", i, (float) random.nextGaussian());
        }
        return changed;
    }

    private static Tensor tensor(Weights weights, String name) {
        return Objects.requireNonNull(weights.tensors().get(name));
    }

    private static Weights changed(Weights weights, String name, int place, float step) {
        var tensors = new LinkedHashMap<String, Tensor>(weights.tensors());
        var old = tensor(weights, name);
        var values = old.toArray();
        values[place] += step;
        tensors.put(
                name,
                Tensor.of(
                        values, old.dims().stream().mapToInt(Integer::intValue).toArray()));
        return new Weights(tensors);
    }
}
