package org.mobilenet4j.compress.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.LocalResponseNorm;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Sigmoid;
import org.mobilenet4j.arch.zoo.MobileNetV1;
import org.mobilenet4j.infer.Session;
import org.mobilenet4j.infer.SessionOptions;
import org.mobilenet4j.model.ActivationQuantization;
import org.mobilenet4j.model.FoldedModel;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Tensor;

class PostTrainingTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void perChannelStaysNearTheFloats(long seed) {
        var model = Networks.mobileNet(seed);
        var photos = Networks.photos(model.network(), 24, seed);
        var pair = PostTraining.of(model, photos, QuantizationOptions.DEFAULT);

        photos.first(8).forEach(photo -> {
            var exact = Session.open(model).run(photo, 1);
            var rounded = Session.open(pair.quantized()).run(photo, 1);
            for (int i = 0; i < exact.length; i++) {
                assertThat(Math.abs(exact[i] - rounded[i])).isLessThan(0.06f);
            }
        });
        assertThat(LayerErrors.of(pair, photos.first(8), 1))
                .hasSize(28)
                .allMatch(layer -> layer.weightDecibels() > 35)
                .allMatch(layer -> layer.outputDecibels() > 14);
    }

    @ParameterizedTest
    @EnumSource(WeightScheme.class)
    void everyKindOfLayerIsQuantized(WeightScheme scheme) {
        var model = Networks.branches(2);
        var photos = Networks.photos(model.network(), 16, 2);
        for (var choice : RangeChoice.values()) {
            var pair = PostTraining.of(model, photos, new QuantizationOptions(scheme, choice, false, false));
            var session = Session.open(pair.quantized(), SessionOptions.DEFAULT);
            assertThat(session.plan().usesIntegers()).isTrue();
            photos.first(4).forEach(photo -> {
                var exact = Session.open(model).run(photo, 1);
                var rounded = session.run(photo, 1);
                for (int i = 0; i < exact.length; i++) {
                    assertThat(Math.abs(exact[i] - rounded[i])).isLessThan(0.05f);
                }
            });
        }
    }

    @Test
    void mapsAreStoredAsTfliteWantsThem() {
        var model = FoldedModel.of(Networks.branches(2));
        var calibration = Calibration.of(model, Networks.photos(model.network(), 8, 2));
        var maps = calibration.quantization(ElementType.INT8, RangeChoice.MIN_MAX);

        assertThat(maps.input()).isEqualTo(new Range(-1, 1).stored(ElementType.INT8));
        assertThat(maps.layers())
                .containsEntry("softmax", new ActivationQuantization(ElementType.INT8, 1 / 256f, -128))
                .containsEntry("gate", new ActivationQuantization(ElementType.INT8, 1 / 256f, -128));
        var joined = Objects.requireNonNull(maps.layers().get("join"));
        assertThat(List.of("conv_relu", "average", "pw_relu"))
                .allMatch(name -> joined.equals(maps.layers().get(name)));
        assertThat(calibration
                        .quantization(ElementType.UINT8, RangeChoice.MIN_MAX)
                        .layers())
                .containsEntry("softmax", new ActivationQuantization(ElementType.UINT8, 1 / 256f, 0));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void correctedBiasesLowerTheMeanError(long seed) {
        var model = FoldedModel.of(Networks.mobileNet(seed));
        var photos = Networks.photos(model.network(), 16, seed);
        var options = QuantizationOptions.DEFAULT.withWeights(WeightScheme.PER_TENSOR);
        double before = meanError(PostTraining.of(model, photos, options), photos);
        double after = meanError(PostTraining.of(model, photos, options.withBiasCorrection(true)), photos);
        assertThat(after).isLessThan(0.5 * before);
    }

    /// Between the means of the last layer's outputs, in root mean square.
    private static double meanError(PostTraining pair, Photos photos) {
        var exact = MeasuredMeans.of(pair.floats(), photos).of("conv_preds");
        var rounded = MeasuredMeans.of(pair.quantized(), photos).of("conv_preds");
        double sum = 0;
        for (int c = 0; c < exact.length; c++) {
            sum += (exact[c] - rounded[c]) * (exact[c] - rounded[c]);
        }
        return Math.sqrt(sum / exact.length);
    }

    @Test
    void whatCannotBeQuantizedIsNamed() {
        var photos = Networks.photos(MobileNetV1.of(0.25, 32, 10).network(), 2, 1);
        var model = Networks.mobileNet(1);
        var quantized =
                PostTraining.of(model, photos, QuantizationOptions.DEFAULT).quantized();
        refused(quantized, "already quantized");
        refused(
                Networks.model(Networks.network("norms", LocalResponseNorm.alexNet("lrn")), 1),
                "the layer lrn",
                "local response normalization");
        var three = List.<org.mobilenet4j.arch.Layer>of(Sequence.identity(), Sequence.identity(), Sequence.identity());
        refused(
                Networks.model(Networks.network("sums", new Parallel("add", Parallel.Join.ADD, three)), 1),
                "the layer add",
                "3 branches");
        var joined = new Parallel("join", Parallel.Join.CONCATENATE, List.of(Sequence.identity(), new Sigmoid("gate")));
        refused(Networks.model(Networks.network("gates", joined), 1), "the layer gate", "share a scale");
        var tensors = model.weights().tensors();
        tensors.put("conv_preds/bias", Tensor.of(new float[] {1, 2, 3, Float.NaN, 5, 6, 7, 8, 9, 10}, 10));
        refused(
                new Model(model.network(), new Weights(tensors), List.of(), model.preprocessing(), Map.of()),
                "conv_preds/bias");
    }

    private static void refused(Model model, String... words) {
        var photos = Networks.photos(model.network(), 2, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PostTraining.of(model, photos, QuantizationOptions.DEFAULT))
                .withMessageContainingAll(words);
    }

    @Test
    void deadChannelsAndDeadMapsDoNoHarm() {
        var network = Networks.network(
                "dead",
                Conv.pointwise("conv", 4).withBias(),
                org.mobilenet4j.arch.Activation.relu("relu"),
                Conv.pointwise("next", 4).withBias(),
                Pool.average("average", org.mobilenet4j.arch.Window.square(2, 2, org.mobilenet4j.arch.Padding.SAME)));
        var tensors = Weights.random(network, 1).tensors();
        tensors.put("conv/kernel", Tensor.of(new float[12], 1, 1, 3, 4));
        tensors.put("conv/bias", Tensor.of(new float[] {-1, -1, -1, -1}, 4));
        var model = new Model(
                network, new Weights(tensors), List.of(), Networks.mobileNet(1).preprocessing());
        var photos = Networks.photos(network, 4, 1);
        for (var scheme : WeightScheme.values()) {
            var options = new QuantizationOptions(scheme, RangeChoice.MSE, true, true);
            var pair = PostTraining.of(model, photos, options);
            photos.forEach(photo -> {
                var exact = Session.open(model).run(photo, 1);
                var rounded = Session.open(pair.quantized()).run(photo, 1);
                for (int i = 0; i < exact.length; i++) {
                    assertThat(Math.abs(exact[i] - rounded[i])).isLessThan(0.02f);
                }
            });
        }
    }
}
