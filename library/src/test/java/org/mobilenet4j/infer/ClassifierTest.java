package org.mobilenet4j.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.arch.zoo.MobileNetV1;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.image.Image;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.image.Preprocessor;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.Tensor;

class ClassifierTest {
    private static Model model(int classes) {
        var network = MobileNetV1.of(0.25, 32, classes).network();
        var labels = IntStream.range(0, classes).mapToObj(i -> "label " + i).toList();
        return new Model(network, Weights.random(network, 3), labels, Preprocessing.TF_SLIM);
    }

    private static Image photo() {
        var rgb = new byte[40 * 50 * 3];
        new Random(1).nextBytes(rgb);
        return new Image(40, 50, rgb);
    }

    @Test
    void theBestComeFirstWithTheirLabels() {
        var model = model(12);
        var input = new float[32 * 32 * 3];
        new Preprocessor(model.preprocessing(), model.network().input()).apply(photo(), input, 0);
        var output = Session.open(model).run(input, 1);
        var expected = IntStream.range(0, 12)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -output[i]))
                .map(i -> new Prediction(i, "label " + i, output[i]))
                .toList();

        var classifier = Classifier.open(model);
        for (int k = 1; k <= 12; k++) {
            assertThat(classifier.classify(photo(), k)).isEqualTo(expected.subList(0, k));
        }
        assertThat(classifier.classify(photo(), 100)).isEqualTo(expected);
        assertThat(expected.stream().mapToDouble(Prediction::probability).sum()).isBetween(0.9999, 1.0001);
    }

    @Test
    void whatDoesNotClassifyIsRefused() {
        assertThatThrownBy(() -> Classifier.open(model(3)).classify(photo(), 0)).hasMessageContaining("positive");
        var features = MobileNetV1.of(0.25, 64, 0).network();
        var model = new Model(features, Weights.random(features, 1), List.of(), Preprocessing.TF_SLIM);
        assertThatThrownBy(() -> Classifier.open(model)).hasMessageContaining("2x2x256");
    }

    /// Finite weights can have answers that are none.
    @Test
    void answersThatAreNotNumbersAreRefused() {
        var good = model(3);
        var tensors = good.weights().tensors();
        tensors.put("conv_preds/kernel", filled(3e38f, good.weights().get("conv_preds/kernel")));
        var huge = new Model(good.network(), new Weights(tensors), good.labels(), Preprocessing.TF_SLIM);

        assertThatThrownBy(() -> Classifier.open(huge).classify(photo(), 1)).hasMessageContaining("not numbers (NaN)");
        tensors.put(
                "conv_pw_13_bn/moving_variance", filled(-0.5f, good.weights().get("conv_pw_13_bn/moving_variance")));
        assertThatThrownBy(() -> new Model(good.network(), new Weights(tensors), good.labels(), Preprocessing.TF_SLIM))
                .isInstanceOf(BadValueException.class)
                .hasMessageContaining("conv_pw_13_bn/moving_variance has the variance -0.5 at position 0");
    }

    private static Tensor filled(float value, Tensor like) {
        var values = new float[like.size()];
        Arrays.fill(values, value);
        return Tensor.of(
                values, like.dims().stream().mapToInt(Integer::intValue).toArray());
    }
}
