package org.mobilenet4j.compress.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.GlobalAveragePool;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.tensor.Tensor;

class BiasCorrectionTest {
    /// Other kernels and the corrected biases make what the floats make, on average, in every channel of every layer.
    @Test
    void allMeansAreThoseOfTheFloats() {
        var same = Window.square(3, 1, Padding.SAME);
        var network = Networks.network(
                "corrected",
                Conv.of("conv", 6, same).withBias(),
                Activation.relu6("conv_relu"),
                DepthwiseConv.of("dw", same).withBias(),
                Activation.relu("dw_relu"),
                new GlobalAveragePool("pool"),
                Dense.of("fc", 4));
        var floats = Networks.model(network, 5);
        var photos = Networks.photos(network, 9, 5);
        var tensors = floats.weights().tensors();
        var random = new Random(5);
        tensors.replaceAll((name, tensor) -> name.endsWith("bias") ? tensor : shaken(tensor, random));
        var rounded = BiasCorrection.with(floats, tensors);

        var corrected = BiasCorrection.of(floats, rounded, photos);

        network.parameters().keySet().forEach(name -> {
            var from = name.endsWith("bias") ? corrected : rounded;
            tensors.put(name, from.weights().get(name));
        });
        var wanted = MeasuredMeans.of(floats, photos);
        var before = MeasuredMeans.of(rounded, photos);
        var after = MeasuredMeans.of(BiasCorrection.with(floats, tensors), photos);
        for (var layer : new String[] {"conv", "dw", "fc"}) {
            assertThat(difference(wanted, before, layer)).isGreaterThan(0.05);
            assertThat(difference(wanted, after, layer)).isCloseTo(0, within(1e-5));
        }
        kernelsAreTheFloats(floats, corrected);
    }

    private static void kernelsAreTheFloats(Model floats, Model corrected) {
        for (var name : new String[] {"conv/kernel", "dw/depthwise_kernel", "fc/kernel"}) {
            assertThat(corrected.weights().get(name).toArray())
                    .isEqualTo(floats.weights().get(name).toArray());
        }
    }

    private static double difference(MeasuredMeans some, MeasuredMeans others, String layer) {
        double most = 0;
        for (int c = 0; c < some.of(layer).length; c++) {
            most = Math.max(most, Math.abs(some.of(layer)[c] - others.of(layer)[c]));
        }
        return most;
    }

    /// As if rounded coarsely, and to one side.
    private static Tensor shaken(Tensor tensor, Random random) {
        var values = tensor.toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] += random.nextFloat(-0.1f, 0.3f);
        }
        return Tensor.of(
                values, tensor.dims().stream().mapToInt(Integer::intValue).toArray());
    }
}
