package org.mobilenet4j.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Flatten;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Sigmoid;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.infer.SessionOptions.Kernels;
import org.mobilenet4j.infer.SessionOptions.Numbers;
import org.mobilenet4j.model.ActivationQuantization;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.NetworkQuantization;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Quantization;
import org.mobilenet4j.tensor.Shape;
import org.mobilenet4j.tensor.Tensor;

/// Outputs of quantized networks whose parts have scales of their own, as a detector's boxes and scores have.
class OutputPartsTest {
    private final Random random = new Random(4);
    private final Map<String, Tensor> weights = new LinkedHashMap<>();
    private final Map<String, ActivationQuantization> scales = new LinkedHashMap<>();
    private final ElementType type = ElementType.UINT8;

    private Conv conv(String name, int inputs, int filters, float scale) {
        var kernel = new byte[inputs * filters];
        random.nextBytes(kernel);
        weights.put(
                name + "/kernel",
                Tensor.of(
                        java.lang.foreign.MemorySegment.ofArray(kernel),
                        type,
                        List.of(1, 1, inputs, filters),
                        Quantization.perChannel(new float[] {0.02f}, new int[] {128})));
        scales.put(name, new ActivationQuantization(type, scale, 100));
        return Conv.pointwise(name, filters);
    }

    private Layer head(int number, int inputs) {
        var scores = new Sigmoid("sigmoid_" + number);
        scales.put(scores.name(), new ActivationQuantization(type, 1 / 256f, 0));
        var box = conv("boxes_" + number, inputs, 3 + number, 0.05f * number);
        var score = conv("scores_" + number, inputs, 5, 0.1f);
        return new Parallel(
                "head_" + number,
                Parallel.Join.CONCATENATE,
                List.of(
                        Sequence.of(box, new Flatten("flat_" + number)),
                        Sequence.of(score, scores, new Flatten("flats_" + number))));
    }

    private Model model() {
        var next = conv("next", 3, 6, 0.03f);
        scales.remove("next");
        scales.put("relu", new ActivationQuantization(type, 0.03f, 0));
        var body = new Parallel(
                "outputs",
                Parallel.Join.CONCATENATE,
                List.of(head(1, 3), Sequence.of(next, Activation.relu6("relu"), head(2, 6))));
        var network = new Network("parts", new Shape(5, 3, 3), body);
        var input = new ActivationQuantization(type, 1 / 127f, 128);
        return new Model(
                network,
                new Weights(weights),
                List.of(),
                Preprocessing.TF_SLIM,
                Map.of(),
                Optional.of(new NetworkQuantization(input, new LinkedHashMap<>(scales))));
    }

    private float[] images(int count) {
        var images = new float[count * 45];
        for (int i = 0; i < images.length; i++) {
            images[i] = random.nextFloat(-1, 1);
        }
        return images;
    }

    @ParameterizedTest
    @EnumSource(Kernels.class)
    void eachPartKeepsItsScale(Kernels kernels) {
        var model = model();
        var images = images(3);
        var options = SessionOptions.DEFAULT.withKernels(kernels);
        var exact = Session.open(model, options.withNumbers(Numbers.FLOATS)).run(images, 3);

        var results = Session.open(model, options).run(images, 3);

        assertThat(results).hasSameSizeAs(exact);
        int at = 0;
        for (int image = 0; image < 3; image++) {
            for (int head = 1; head <= 2; head++) {
                for (int i = 0; i < 15 * (3 + head); i++, at++) {
                    float scale = 0.05f * head;
                    assertThat(results[at] / scale).isCloseTo(Math.round(results[at] / scale), within(1e-3f));
                    float clamped = Math.clamp(exact[at], -100 * scale, 155 * scale);
                    assertThat(results[at]).isCloseTo(clamped, within(scale * 1.6f));
                }
                for (int i = 0; i < 15 * 5; i++, at++) {
                    assertThat(results[at] * 256).isEqualTo(Math.round(results[at] * 256));
                    assertThat(results[at]).isCloseTo(exact[at], within(0.04f));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void kernelsAndThreadsMakeNoDifference(int threads) {
        var model = model();
        var images = images(4);
        var expected = Session.open(model, SessionOptions.DEFAULT.withKernels(Kernels.SCALAR))
                .run(images, 4);
        for (var kernels : Kernels.values()) {
            assertThat(Session.open(model, new SessionOptions(threads, kernels)).run(images, 4))
                    .containsExactly(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"boxes_1", "sigmoid_2"})
    void partsThemselvesNeedOne(String layer) {
        model();
        scales.remove(layer);
        assertThatThrownBy(this::withoutOne)
                .isInstanceOf(BadValueException.class)
                .hasMessageContaining(layer)
                .hasMessageContaining("no scale");
    }

    private void withoutOne() {
        var without = new LinkedHashMap<>(scales);
        var complete = model();
        new Model(
                complete.network(),
                complete.weights(),
                List.of(),
                Preprocessing.TF_SLIM,
                Map.of(),
                Optional.of(new NetworkQuantization(
                        complete.quantization().orElseThrow().input(), without)));
    }
}
