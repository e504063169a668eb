package org.mobilenet4j.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mobilenet4j.infer.SessionOptions.DEFAULT;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.infer.SessionOptions.Kernels;
import org.mobilenet4j.infer.SessionOptions.Numbers;
import org.mobilenet4j.model.ActivationQuantization;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.NetworkQuantization;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.ElementType;

class QuantizedSessionTest {
    private static float[] images(Model model, int count) {
        var random = new Random(3);
        var images = new float[count * model.network().input().elements()];
        for (int i = 0; i < images.length; i++) {
            images[i] = random.nextFloat(-1, 1);
        }
        return images;
    }

    @Test
    void kernelsThreadsAndBatchesMakeNoDifference() {
        var model = QuantizedModels.model();
        var images = images(model, 5);
        var expected = Session.open(model, DEFAULT.withKernels(Kernels.SCALAR)).run(images, 5);

        for (var kernels : Kernels.values()) {
            for (int threads = 1; threads <= 2; threads++) {
                var session = Session.open(model, new SessionOptions(threads, kernels));
                assertThat(session.run(images, 5)).containsExactly(expected);
                var one = Arrays.copyOf(images, images.length / 5);
                for (int run = 0; run < 3; run++) {
                    assertThat(session.run(one, 1)).containsExactly(Arrays.copyOf(expected, expected.length / 5));
                }
            }
        }
        for (float probability : expected) {
            assertThat(probability * 256).isEqualTo(Math.round(probability * 256));
        }
    }

    /// The JIT goes on compiling for a while; steady is what remains.
    @Tag("alone")
    @ParameterizedTest
    @EnumSource(Kernels.class)
    void nothingIsAllocatedInTheSteadyState(Kernels kernels) {
        var model = QuantizedModels.model();
        var session = Session.open(model, DEFAULT.withKernels(kernels));
        var images = images(model, 1);
        var output = new float[model.classes()];
        session.run(images, 1, output);
        session.plan().awaitWarm();
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

        long bytes = Long.MAX_VALUE;
        for (int round = 0; round < 300 && bytes >= 200; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int run = 0; run < 100; run++) {
                session.run(images, 1, output);
            }
            bytes = (threads.getCurrentThreadAllocatedBytes() - before) / 100;
        }

        assertThat(bytes).isLessThan(200);
    }

    @Test
    void layersByThemselvesMakeTheSame() {
        var model = QuantizedModels.model();
        var images = images(model, 1);
        assertThat(Session.open(Plan.ofLayers(model, Kernels.SCALAR), 1).run(images, 1))
                .containsExactly(Session.open(model).run(images, 1));
    }

    @Test
    void floatsAreNearButNotRounded() {
        var model = QuantizedModels.model();
        var images = images(model, 1);
        var session = Session.open(model, DEFAULT.withNumbers(Numbers.FLOATS));
        assertThat(session.plan().usesIntegers()).isFalse();
        var floats = session.run(images, 1);
        var integers = Session.open(model).run(images, 1);
        for (int i = 0; i < floats.length; i++) {
            assertThat(Math.abs(floats[i] - integers[i])).isLessThan(0.05f);
        }
        assertThat(floats).isNotEqualTo(integers);
    }

    @Test
    void integersNeedScales() {
        var network = QuantizedModels.network();
        var model = new Model(network, Weights.random(network, 1), List.of(), Preprocessing.TF_SLIM);
        assertThatThrownBy(() -> Session.open(model, DEFAULT.withNumbers(Numbers.INTEGERS)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not quantized")
                .hasMessageContaining("floats");
    }

    @Test
    void whatDoesNotFitIsRefused() {
        var network = QuantizedModels.network();
        var weights = QuantizedModels.weights(network);
        var map = new ActivationQuantization(ElementType.INT8, 1, 0);
        refused(network, Weights.random(network, 1), Map.of(), "the tensor", "INT8 or UINT8");
        refused(network, weights, Map.of("other", map), "there is a scale for the layer other");
        var tiny = new ActivationQuantization(ElementType.INT8, 1e-14f, 0);
        refused(network, weights, Map.of("fc", tiny), "the layer fc", "2^30");
        refused(network, weights, Map.of("requantize", tiny), "the layer requantize", "2^30");
        var layers = QuantizedModels.layers();
        layers.remove("pw");
        assertThatThrownBy(() -> model(network, weights, layers)).hasMessageContaining("the layer pw");
        assertThatThrownBy(() -> new ActivationQuantization(ElementType.INT8, 1, 128))
                .hasMessageContaining("-128 to 127");
        assertThatThrownBy(() -> new ActivationQuantization(ElementType.INT8, 0, 0))
                .hasMessageContaining("positive");
        assertThatThrownBy(() -> new ActivationQuantization(ElementType.INT32, 1, 0))
                .hasMessageContaining("INT32");
    }

    private static void refused(
            Network network, Weights weights, Map<String, ActivationQuantization> more, String... parts) {
        var layers = QuantizedModels.layers();
        layers.putAll(more);
        assertThatThrownBy(() -> model(network, weights, new LinkedHashMap<>(layers)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(parts);
    }

    private static Model model(
            Network network, Weights weights, java.util.SequencedMap<String, ActivationQuantization> layers) {
        var input = new ActivationQuantization(ElementType.INT8, 1, 0);
        return new Model(
                network,
                weights,
                List.of(),
                Preprocessing.TF_SLIM,
                Map.of(),
                Optional.of(new NetworkQuantization(input, layers)));
    }
}
