package org.mobilenet4j.infer;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Requantize;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.kernel.quantized.TfliteReference.Factor;
import org.mobilenet4j.model.ActivationQuantization;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.NetworkQuantization;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Quantization;
import org.mobilenet4j.tensor.Shape;
import org.mobilenet4j.tensor.Tensor;

/// Whether scales are multiplied and divided as floats or as doubles, and where halves go: TFLite does it one way here
/// and another there, and that decides the last bit. Networks of one layer on one number.
class QuantizedScalesTest {
    private static final int WEIGHT = 127;

    /// The scales of the input, of what it is multiplied with, and of the output.
    private record Scales(float in, float kernel, float out) {
        /// With which `sum` comes as near to a half as floats allow.
        static Scales nearTie(Random random, String kind, int sum) {
            float in = random.nextFloat(0.01f, 0.1f);
            float kernel = switch (kind) {
                case "multiply" -> in;
                case "relu", "requantize" -> 1;
                default -> random.nextFloat(0.005f, 0.02f);
            };
            return new Scales(in, kernel, (float) ((double) in * kernel * sum / (random.nextInt(10, 120) + 0.5)));
        }

        double inFloats() {
            return (double) (in * kernel) / out;
        }

        double inDoubles() {
            return (double) in * kernel / out;
        }
    }

    private static Layer layer(String kind) {
        return switch (kind) {
            case "conv" -> Conv.pointwise("layer", 1).withBias();
            case "depthwise" ->
                DepthwiseConv.of("layer", Window.square(1, 1, Padding.SAME)).withBias();
            case "dense" -> Dense.of("layer", 1);
            case "relu" -> Activation.relu("layer");
            case "requantize" -> new Requantize("layer");
            default -> new Parallel("layer", Parallel.Join.MULTIPLY, List.of(Sequence.identity(), Sequence.identity()));
        };
    }

    private static Model model(String kind, ElementType type, Scales scales, int weight) {
        var network = new Network("one", new Shape(1, 1, 1), Sequence.of(layer(kind)));
        var tensors = new LinkedHashMap<String, Tensor>();
        network.parameters().forEach((name, parameter) -> {
            boolean isBias = name.endsWith("/bias");
            var bytes = MemorySegment.ofArray(new byte[isBias ? 4 : 1]);
            if (!isBias) {
                bytes.set(ValueLayout.JAVA_BYTE, 0, (byte) weight);
            }
            float scale = isBias ? scales.in * scales.kernel : scales.kernel;
            tensors.put(
                    name,
                    Tensor.of(bytes, isBias ? ElementType.INT32 : type, parameter.dims(), Quantization.of(scale, 0)));
        });
        int zero = type == ElementType.INT8 ? 0 : 128;
        var layers = new LinkedHashMap<String, ActivationQuantization>();
        layers.put("layer", new ActivationQuantization(type, scales.out, zero));
        var input = new ActivationQuantization(type, scales.in, zero);
        return new Model(
                network,
                new Weights(tensors),
                List.of(),
                Preprocessing.TF_SLIM,
                Map.of(),
                Optional.of(new NetworkQuantization(input, layers)));
    }

    /// What the layer makes of `distance`, both less their zero points.
    private static int run(Model model, Scales scales, int distance) {
        float output = Session.open(model, SessionOptions.DEFAULT).run(new float[] {distance * scales.in}, 1)[0];
        return Math.round(output / scales.out);
    }

    /// Looks for scales with which both ways differ, and checks that the layer goes the right one.
    private static void check(
            String kind,
            ElementType type,
            IntUnaryOperator sum,
            ToDoubleFunction<Scales> right,
            ToDoubleFunction<Scales> wrong) {
        var random = new Random(1);
        int found = 0;
        for (int i = 0; i < 100_000 && found < 3; i++) {
            int distance = random.nextInt(1, 128);
            var scales = Scales.nearTie(random, kind, sum.applyAsInt(distance));
            int expected = Factor.of(right.applyAsDouble(scales))
                    .times(sum.applyAsInt(distance))
                    .intValueExact();
            int other = Factor.of(wrong.applyAsDouble(scales))
                    .times(sum.applyAsInt(distance))
                    .intValueExact();
            if (expected != other && expected < 127 && other < 127) {
                found++;
                assertThat(run(model(kind, type, scales, WEIGHT), scales, distance))
                        .as("%s of %s of %s at %s", kind, type, scales, distance)
                        .isEqualTo(expected);
            }
        }
        assertThat(found).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "conv, UINT8, true",
        "depthwise, UINT8, true",
        "dense, UINT8, true",
        "dense, INT8, true",
        "conv, INT8, false",
        "depthwise, INT8, false"
    })
    void scalesOfKernelsAreMultipliedAsFloatsOrDoubles(String kind, ElementType type, boolean asFloats) {
        if (asFloats) {
            check(kind, type, x -> x * WEIGHT, Scales::inFloats, Scales::inDoubles);
        } else {
            check(kind, type, x -> x * WEIGHT, Scales::inDoubles, Scales::inFloats);
        }
    }

    @Test
    void activationsDivideScalesAsFloatsAndRequantizationAsDoubles() {
        check("relu", ElementType.INT8, x -> x, s -> s.in / s.out, s -> (double) s.in / s.out);
        check("requantize", ElementType.INT8, x -> x, s -> (double) s.in / s.out, s -> s.in / s.out);
    }

    @Test
    void productsMultiplyAndDivideScalesAsFloats() {
        check("multiply", ElementType.INT8, x -> x * x, s -> s.in * s.in / s.out, s -> (double) s.in * s.in / s.out);
    }

    /// -6 / 4 is -3 / 2 before its last bit is dropped, which ruy rounds up, and TFLite's own loops away from zero.
    @ParameterizedTest
    @CsvSource({"conv, INT8, -1", "dense, INT8, -1", "depthwise, INT8, -2", "conv, UINT8, -2", "dense, UINT8, -2"})
    void halvesGoUpWhereRuyMultiplies(String kind, ElementType type, int expected) {
        var scales = new Scales(1, 1, 4);
        assertThat(run(model(kind, type, scales, 1), scales, -6)).isEqualTo(expected);
        assertThat(run(model(kind, type, scales, 1), scales, 6)).isEqualTo(2);
    }
}
