package org.mobilenet4j.compress.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mobilenet4j.arch.zoo.SsdMobileNetV1;
import org.mobilenet4j.arch.zoo.SsdMobileNetV1.Predictors;
import org.mobilenet4j.detect.BoxCoder;
import org.mobilenet4j.detect.DetectionAgreement;
import org.mobilenet4j.detect.SsdAnchors;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.infer.LayerOutputs;
import org.mobilenet4j.infer.Session;
import org.mobilenet4j.infer.SessionOptions;
import org.mobilenet4j.model.ActivationQuantization;
import org.mobilenet4j.model.BoxOutputs;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Outputs;
import org.mobilenet4j.model.Suppression;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Shape;
import org.mobilenet4j.tensor.Tensor;

/// Detectors as integers: SSDs with weights at random.
class DetectorQuantizationTest {
    private static final Suppression LIMITS = new Suppression(0.3f, 0.6f, 50, true, 20, 1);

    private static Model detector(Predictors predictors) {
        var network = new SsdMobileNetV1(0.25, new Shape(64, 96, 3), 3, predictors).network();
        var maps = SsdMobileNetV1.maps(network);
        var tensors = new LinkedHashMap<String, Tensor>();
        Weights.random(network, 5).tensors().forEach((name, tensor) -> tensors.put(name, spread(name, tensor)));
        var boxes = new BoxOutputs(
                SsdAnchors.counts(maps),
                SsdAnchors.of(maps),
                BoxCoder.SSD_SCALES,
                3,
                true,
                BoxOutputs.Scores.LOGITS,
                LIMITS);
        return new Model(network, new Weights(tensors), List.of(), Preprocessing.TF_SLIM.withCrop(1))
                .withBoxes(boxes)
                .withLabels(List.of("cat", "dog", "cow"));
    }

    /// Scores of which few are high, and ranges that differ from map to map.
    private static Tensor spread(String name, Tensor tensor) {
        var values = tensor.toArray();
        int map = name.matches("(scores|boxes)_\\d/.*") ? name.charAt(name.indexOf('/') - 1) - '0' : 0;
        for (int i = 0; i < values.length && map > 0; i++) {
            boolean isBias = name.endsWith("/bias");
            values[i] = isBias ? (name.startsWith("scores") ? -3 : 0.2f) : values[i] * (1 + map);
        }
        return Tensor.of(
                values, tensor.dims().stream().mapToInt(Integer::intValue).toArray());
    }

    private static Photos photos(Model model, int count, long seed) {
        var random = new Random(seed);
        var all = new ArrayList<float[]>();
        for (int i = 0; i < count; i++) {
            var values = new float[model.network().input().elements()];
            float value = 0;
            for (int v = 0; v < values.length; v++) {
                value = Math.clamp(value + (float) random.nextGaussian() * 0.2f, -1, 1);
                values[v] = value;
            }
            all.add(values);
        }
        return Photos.of(all);
    }

    private static List<float[]> list(Photos photos) {
        var all = new ArrayList<float[]>();
        photos.forEach(all::add);
        return all;
    }

    @ParameterizedTest
    @EnumSource(WeightScheme.class)
    void detectorsStayDetectors(WeightScheme scheme) {
        for (var predictors : Predictors.values()) {
            var model = detector(predictors);
            var photos = photos(model, 16, 1);

            var pair = PostTraining.of(model, photos, QuantizationOptions.DEFAULT.withWeights(scheme));

            var quantized = pair.quantized();
            assertThat(quantized.outputs()).isEqualTo(Outputs.DETECTIONS);
            assertThat(quantized.boxes()).isEqualTo(model.boxes());
            assertThat(quantized.labels()).isEqualTo(model.labels());
            var maps = quantized.quantization().orElseThrow();
            assertThat(maps.layers()).doesNotContainKey("outputs_1").containsKeys("boxes_1", "scores_6");
            assertThat(List.of("boxes_1", "scores_1", "boxes_2", "scores_2", "scores_6"))
                    .extracting(name -> scale(maps.layers(), name))
                    .doesNotHaveDuplicates();
            assertKernelsAgree(quantized, list(photos).getFirst());
        }
    }

    private static float scale(Map<String, ActivationQuantization> layers, String name) {
        var stored = layers.get(name);
        return stored == null ? 0 : stored.scale();
    }

    private static void assertKernelsAgree(Model quantized, float[] photo) {
        var plain = SessionOptions.DEFAULT.withKernels(SessionOptions.Kernels.SCALAR);
        var expected = Session.open(quantized, plain).run(photo, 1);
        for (var kernels : SessionOptions.Kernels.values()) {
            var session = Session.open(quantized, SessionOptions.DEFAULT.withKernels(kernels));
            assertThat(session.plan().usesIntegers()).isTrue();
            assertThat(session.run(photo, 1)).containsExactly(expected);
        }
    }

    /// On photos that it was not calibrated on.
    @Test
    void integersFindWhatFloatsFind() {
        var model = detector(Predictors.POINTWISE);
        var quantized = PostTraining.of(model, photos(model, 24, 1), QuantizationOptions.DEFAULT)
                .quantized();

        var agreement = DetectionAgreement.of(model, quantized, list(photos(model, 12, 9)), 0.3f, 1);

        assertThat(agreement.photos()).isEqualTo(12);
        assertThat(agreement.expected()).isGreaterThan(100);
        assertThat(agreement.found()).isGreaterThan(agreement.expected() * 9 / 10);
        assertThat(agreement.others()).isLessThan(agreement.expected() / 10);
    }

    @Test
    void everyDetectorAgreesWithItself() {
        var model = detector(Predictors.POINTWISE);

        var agreement = DetectionAgreement.of(model, model, list(photos(model, 2, 3)), 0.3f, 1);

        assertThat(agreement.found()).isEqualTo(agreement.expected()).isPositive();
        assertThat(agreement.others()).isZero();
    }

    @Test
    void errorsOfLayersAreMeasured() {
        var model = detector(Predictors.SEPARABLE);
        var photos = photos(model, 4, 1);
        var pair = PostTraining.of(model, photos, QuantizationOptions.DEFAULT);

        var errors = LayerErrors.of(pair, photos, 1);

        assertThat(errors).anyMatch(layer -> layer.layer().equals("boxes_3"));
        assertThat(errors).allMatch(layer -> layer.weightDecibels() > 25 && layer.outputDecibels() > 8);
    }

    /// Whatever order the parts have in the tree, each map is seen when it is there.
    @Test
    void mapsAreShownAsTheyAre() {
        var model = detector(Predictors.POINTWISE);
        var quantized = PostTraining.of(model, photos(model, 4, 1), QuantizationOptions.DEFAULT)
                .quantized();
        var photo = list(photos(model, 1, 2)).getFirst();
        var outputs = Session.open(quantized).run(photo, 1);
        var boxes = quantized.boxes().orElseThrow();
        int first = boxes.encodingPlaces()[boxes.maps().getFirst()];

        var seen = new LinkedHashMap<String, float[]>();
        LayerOutputs.of(quantized).run(photo, (node, map) -> seen.put(node.name(), map.clone()));

        var map = Objects.requireNonNull(seen.get("boxes_2"));
        assertThat(map).containsExactly(Arrays.copyOfRange(outputs, first, first + map.length));
        assertThat(quantized.quantization().orElseThrow().input().type()).isEqualTo(ElementType.INT8);
    }
}
