package org.mobilenet4j.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.GlobalAveragePool;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Sigmoid;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.classify.Classifier;
import org.mobilenet4j.compress.quantize.Photos;
import org.mobilenet4j.compress.quantize.PostTraining;
import org.mobilenet4j.compress.quantize.QuantizationOptions;
import org.mobilenet4j.compress.quantize.RangeChoice;
import org.mobilenet4j.compress.quantize.WeightScheme;
import org.mobilenet4j.image.ChannelOrder;
import org.mobilenet4j.image.Image;
import org.mobilenet4j.image.Normalization;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.image.Resize;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Outputs;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Shape;

/// A model that is converted from any format that is written to any other still knows what it knew: random models, each
/// through all pairs, in floats and quantized.
class FormatPairsTest {
    private static final List<String> ENDINGS = List.of(".safetensors", ".mnz", ".tflite", ".onnx");

    @TempDir
    private Path folder;

    private static float[] image(Random random, Shape shape) {
        var image = new float[shape.elements()];
        for (int i = 0; i < image.length; i++) {
            image[i] = random.nextFloat(-2, 2);
        }
        return image;
    }

    private static Preprocessing preprocessing(Random random, int colors) {
        var numbers = new Float[6];
        for (int i = 0; i < 6; i++) {
            numbers[i] = random.nextInt(1, 255) / 255f;
        }
        var preprocessing = new Preprocessing(
                random.nextInt(1, 101) / 100.0,
                List.of(Resize.values()).get(random.nextInt(Resize.values().length)),
                new Normalization(
                        List.of(numbers).subList(0, 3), List.of(numbers).subList(3, 6)),
                random.nextBoolean() ? ChannelOrder.RGB : ChannelOrder.BGR);
        return colors == 3 ? preprocessing : preprocessing.forChannels(1).withChannels(ChannelOrder.RGB);
    }

    /// Of all kinds of outputs, some told by the network and some given.
    private static Model floats(Random random) {
        int colors = random.nextInt(4) == 0 ? 1 : 3;
        int units = random.nextInt(1, 4);
        var layers = new ArrayList<Layer>(List.of(
                Conv.pointwise("conv", 4).withBias(),
                Activation.relu6("act"),
                new GlobalAveragePool("pool"),
                Dense.of("fc", units)));
        switch (random.nextInt(3)) {
            case 0 -> layers.add(new Sigmoid("end"));
            case 1 -> layers.add(units == 1 ? new Sigmoid("end") : new Softmax("end"));
            default -> {}
        }
        var network = new Network("some.body-" + units, new Shape(6, 5, colors), new Sequence("", layers));
        var model = new Model(
                network,
                Weights.random(network, random.nextLong()),
                List.of(),
                preprocessing(random, colors),
                Map.of("by", "m\u00e9, \"me\"", "preprocessing", "TF-Slim's, assumed: nobody knows"));
        if (random.nextInt(3) == 0) {
            model = model.withOutputs(units == 1 ? Outputs.FEATURES : Outputs.SIGMOIDS);
        }
        return random.nextBoolean() || !model.outputs().areClasses()
                ? model
                : model.withLabels(IntStream.range(0, model.classes())
                        .mapToObj(i -> "label, \u00e9 " + i)
                        .toList());
    }

    private static Model quantized(Model model, Random random) {
        var photos = IntStream.range(0, 8)
                .mapToObj(_ -> image(random, model.network().input()))
                .toList();
        var options = new QuantizationOptions(WeightScheme.PER_CHANNEL, RangeChoice.MIN_MAX, false, false);
        return PostTraining.of(model, Photos.of(photos), options).quantized();
    }

    private Model through(Model model, String ending) throws IOException {
        var file = folder.resolve("file" + ending);
        ModelFormats.write(model, file, ElementType.FLOAT32);
        return ModelFormats.read(file);
    }

    private static void assertSame(Model actual, Model expected, String how) {
        assertThat(actual.network().name()).as(how).isEqualTo(expected.network().name());
        assertThat(actual.preprocessing()).as(how).isEqualTo(expected.preprocessing());
        assertThat(actual.outputs()).as(how).isEqualTo(expected.outputs());
        assertThat(actual.labels()).as(how).isEqualTo(expected.labels());
        assertThat(actual.notes()).as(how).isEqualTo(expected.notes());
        // Where a range of integers begins at 0, a ReLU is read, and the network's end tells less.
        if (expected.quantization().isEmpty()) {
            assertThat(actual.assumptions()).as(how).isEqualTo(expected.assumptions());
        }
        if (expected.outputs().areClasses()) {
            var rgb = new byte[9 * 7 * 3];
            new Random(3).nextBytes(rgb);
            var photo = new Image(9, 7, rgb);
            var own = Classifier.open(expected).classify(photo, 1).getFirst();
            var other = Classifier.open(actual).classify(photo, 1).getFirst();
            assertThat(other.label()).as(how).isEqualTo(own.label());
            assertThat(other.probability()).as(how).isCloseTo(own.probability(), within(1e-5f));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everythingComesBackFromEveryPair(boolean isQuantized) throws IOException {
        for (long seed = 0; seed < 12; seed++) {
            var random = new Random(seed);
            var model = isQuantized ? quantized(floats(random), random) : floats(random);
            for (var first : ENDINGS) {
                var once = through(model, first);
                for (var second : ENDINGS) {
                    assertSame(through(once, second), model, "seed " + seed + ": " + first + " " + second);
                }
            }
        }
    }
}
