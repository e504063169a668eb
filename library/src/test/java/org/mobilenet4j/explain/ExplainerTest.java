package org.mobilenet4j.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.Flatten;
import org.mobilenet4j.arch.GlobalAveragePool;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Sigmoid;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.arch.zoo.MobileNetV1;
import org.mobilenet4j.arch.zoo.Networks;
import org.mobilenet4j.classify.Classifier;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.image.Crop;
import org.mobilenet4j.image.Image;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.image.Preprocessor;
import org.mobilenet4j.infer.Session;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Outputs;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.Shape;
import org.mobilenet4j.tensor.Tensor;

class ExplainerTest {
    private static Image photo(int seed) {
        var rgb = new byte[70 * 80 * 3];
        new Random(seed).nextBytes(rgb);
        return new Image(70, 80, rgb);
    }

    private static Model model(Network network) {
        return new Model(network, Weights.random(network, 3), List.of(), Preprocessing.TF_SLIM);
    }

    private static float[] input(Model model, Image photo) {
        var input = new float[model.network().input().elements()];
        new Preprocessor(model.preprocessing(), model.network().input()).apply(photo, input, 0);
        return input;
    }

    /// The network without the softmax at its end gives the logits.
    private static float[] logits(Model model, Image photo) {
        var layers = new ArrayList<>(model.network().body().inner());
        layers.removeIf(layer -> layer instanceof Softmax);
        var network = new Network("logits", model.network().input(), new Sequence("", layers));
        var without = new Model(network, model.weights(), List.of(), model.preprocessing()).withOutputs(Outputs.LOGITS);
        return Session.open(without).run(input(model, photo), 1);
    }

    /// Pooling and one linear layer: the mean of the map is the logit less the bias.
    @Test
    void mobileNetsMapsAreExact() {
        var model = model(MobileNetV1.of(0.25, 96, 7).network());
        var explainer = Explainer.open(model);
        var logits = logits(model, photo(1));
        var bias = model.weights().get("conv_preds/bias").toArray();
        for (int index = 0; index < 7; index++) {
            var explanation = explainer.explain(photo(1), index);
            assertThat(explanation.logit()).isCloseTo(logits[index], within(1e-4));
            assertThat(explanation.map().mean()).isCloseTo(logits[index] - bias[index], within(1e-4));
            assertThat(explanation.rest()).isCloseTo(bias[index], within(1e-4));
            assertThat(explanation.map().height()).isEqualTo(3);
        }
    }

    /// What the map leaves over is the same for every photo: a bias.
    @ParameterizedTest
    @ValueSource(strings = {"mobilenet-v1", "mobilenet-v1-shallow", "googlenet", "squeezenet"})
    void theMapsOfNetworksThatEndInPoolingLeaveOnlyABias(String name) {
        var model = model(Networks.network(name, OptionalDouble.empty(), OptionalInt.of(64), OptionalInt.of(10)));
        var explainer = Explainer.open(model);
        var explanation = explainer.explain(photo(2));
        var best = Classifier.open(model).classify(photo(2), 1).getFirst();

        assertThat(explanation.index()).isEqualTo(best.index());
        assertThat(explanation.probability()).isEqualTo(best.probability());
        var other = explainer.explain(photo(5), best.index());
        assertThat(other.map()).isNotEqualTo(explanation.map());
        assertThat(other.rest()).isCloseTo(explanation.rest(), within(1e-4));
    }

    private static Network flattened() {
        return new Network(
                "flattened",
                new Shape(16, 16, 3),
                Sequence.of(
                        Conv.of("conv", 6, Window.square(3, 2, Padding.SAME)).withBias(),
                        Activation.relu("relu"),
                        new Flatten("flatten"),
                        new Dense("hidden", 9, true),
                        Activation.relu("hidden_relu"),
                        new Dense("classes", 4, true),
                        new Softmax("softmax")));
    }

    /// Dense layers over a flattened map: the weights of channels agree with finite differences of the logit.
    @Test
    void gradientsAgreeWithFiniteDifferences() {
        var model = model(flattened());
        var split = SplitModel.of(model);
        var map = Session.open(split.maps()).run(input(model, photo(3)), 1);
        int channels = split.maps().network().output().channels();
        var head = split.head();
        var layers = new ArrayList<>(head.network().body().inner());
        layers.removeLast();
        var network = new Network("head", head.network().input(), new Sequence("", layers));
        var session = Session.open(
                new Model(network, head.weights(), List.of(), head.preprocessing()).withOutputs(Outputs.LOGITS));
        var slope = new Gradient(head).of(map, 2, 1);

        assertThat(slope.logit()).isCloseTo(session.run(map, 1)[2], within(1e-5));
        float step = 1e-3f;
        for (int k = 0; k < channels; k++) {
            var up = map.clone();
            var down = map.clone();
            for (int i = k; i < map.length; i += channels) {
                up[i] += step;
                down[i] -= step;
            }
            double difference = (session.run(up, 1)[2] - session.run(down, 1)[2]) / (2 * step);
            assertThat((double) slope.channels()[k]).isCloseTo(difference, within(2e-2));
        }
    }

    /// One output that tells two classes apart: what speaks for the one speaks against the other.
    @Test
    void twoClassesInOneOutputAreOpposites() {
        var network = new Network(
                "two",
                new Shape(32, 32, 3),
                Sequence.of(
                        Conv.of("conv", 5, Window.square(3, 2, Padding.SAME)).withBias(),
                        Activation.relu("relu"),
                        new GlobalAveragePool("pool"),
                        new Dense("score", 1, true),
                        new Sigmoid("sigmoid")));
        var explainer = Explainer.open(model(network).withOutputs(Outputs.ONE_SIGMOID));
        var against = explainer.explain(photo(4), 0);
        var for1 = explainer.explain(photo(4), 1);

        assertThat(against.logit()).isCloseTo(-for1.logit(), within(1e-5));
        assertThat(against.probability() + for1.probability()).isCloseTo(1f, within(1e-5f));
        for (int i = 0; i < against.map().values().length; i++) {
            assertThat(against.map().values()[i]).isCloseTo(-for1.map().values()[i], within(1e-5f));
        }
    }

    /// The bright square of a photo is where the map of a network that looks for brightness has its peak.
    @ParameterizedTest
    @ValueSource(doubles = {1, 0.875})
    void theMapLiesWhereThePhotoShowsIt(double crop) {
        int height = 120;
        int width = 200;
        var rgb = new byte[height * width * 3];
        for (int y = 30; y < 50; y++) {
            for (int x = 140; x < 160; x++) {
                for (int c = 0; c < 3; c++) {
                    rgb[(y * width + x) * 3 + c] = (byte) 255;
                }
            }
        }
        var network = new Network(
                "bright",
                new Shape(64, 64, 3),
                Sequence.of(
                        Conv.of("conv", 1, Window.square(4, 4, Padding.VALID)).withBias(),
                        Activation.relu("relu"),
                        new GlobalAveragePool("pool"),
                        new Dense("score", 2, true),
                        new Softmax("softmax")));
        var kernel = new float[4 * 4 * 3];
        Arrays.fill(kernel, 1);
        var weights = new Weights(Map.of(
                "conv/kernel", Tensor.of(kernel, 4, 4, 3, 1),
                "conv/bias", Tensor.of(new float[1], 1),
                "score/kernel", Tensor.of(new float[] {0, 1}, 1, 2),
                "score/bias", Tensor.of(new float[2], 2)));
        var model = new Model(network, weights, List.of("dark", "bright"), Preprocessing.TF_SLIM.withCrop(crop));
        var photo = new Image(height, width, rgb);
        var explanation = Explainer.open(model).explain(photo, 1);

        var peak = explanation.map().peak();
        assertThat(peak.y()).isBetween(30.0, 50.0);
        assertThat(peak.x()).isBetween(140.0, 160.0);
        var picture = Overlay.draw(photo, explanation.map());
        assertThat(picture.getWidth()).isEqualTo(width);
        assertThat(picture.getRGB(150, 40) & 0xff).isLessThan(200); // yellow over white
        assertThat(picture.getRGB(20, 100) & 0xffffff).isZero();
        assertThat(explanation.map().resizedTo(60, 60).peak().x()).isBetween(140.0, 160.0);
    }

    @Test
    void whatCannotBeExplainedIsRefused() {
        var explainer = Explainer.open(model(MobileNetV1.of(0.25, 64, 7).network()));
        assertThatThrownBy(() -> explainer.explain(photo(1), 7))
                .isInstanceOf(BadValueException.class)
                .hasMessageContaining("no class 7")
                .hasMessageContaining("tells 7");
        var dense = new Network(
                "dense",
                new Shape(8, 8, 3),
                Sequence.of(new Flatten("flatten"), new Dense("classes", 3, true), new Softmax("softmax")));
        assertThatThrownBy(() -> Explainer.open(model(dense)))
                .isInstanceOf(BadValueException.class)
                .hasMessageContaining("has no feature map before its classes");
        var map = new ActivationMap(1, 2, new float[] {1, 2}, Crop.whole(photo(1)));
        assertThatThrownBy(() -> map.resizedTo(0, 2)).isInstanceOf(BadValueException.class);
        assertThatThrownBy(() -> new ActivationMap(2, 2, new float[3], Crop.whole(photo(1))))
                .isInstanceOf(BadValueException.class);
    }
}
