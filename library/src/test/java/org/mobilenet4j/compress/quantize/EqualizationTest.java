package org.mobilenet4j.compress.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.infer.Session;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.Tensor;

class EqualizationTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theFunctionStaysAsItIs(long seed) {
        var model = uneven(Networks.chain(seed));
        var equalized = Equalization.of(model);

        Networks.photos(model.network(), 4, seed).forEach(photo -> {
            var before = Session.open(model).run(photo, 1);
            var after = Session.open(equalized).run(photo, 1);
            float largest = 0;
            for (float value : before) {
                largest = Math.max(largest, Math.abs(value));
            }
            assertThat(after).containsExactly(before, within(1e-5f * largest));
        });
        assertThat(equalized.network()).isEqualTo(model.network());
    }

    /// At the fixed point both layers use the same range for a channel.
    @Test
    void bothLayersOfAPairEndWithTheSameRanges() {
        var equalized = Equalization.of(uneven(Networks.chain(1)));
        for (var pair : EqualPair.of(equalized.network())) {
            var first = ranges(equalized, pair.first(), true);
            var second = ranges(equalized, pair.second(), false);
            assertThat(first).containsExactly(second, within(1e-3));
        }
        assertThat(EqualPair.of(equalized.network()))
                .extracting(pair ->
                        pair.first().node().name() + "-" + pair.second().node().name())
                .containsExactly("conv-dw", "dw-grouped", "grouped-fc");
    }

    /// What one scale for a kernel loses comes back.
    @Test
    void oneScaleIsEnoughAfterwards() {
        var model = uneven(Networks.chain(3));
        var photos = Networks.photos(model.network(), 16, 3);
        var options = QuantizationOptions.DEFAULT.withWeights(WeightScheme.PER_TENSOR);

        double before = output(PostTraining.of(model, photos, options), photos);
        double after = output(PostTraining.of(model, photos, options.withEqualization(true)), photos);

        assertThat(before).isLessThan(15);
        assertThat(after).isGreaterThan(25);
    }

    @Test
    void betweenPairsReluSixBecomesRelu() {
        var model = org.mobilenet4j.model.FoldedModel.of(Networks.mobileNet(1));
        var equalized = Equalization.of(model);

        assertThat(equalized.network().nodes())
                .filteredOn(node -> node.layer() instanceof Activation)
                .hasSize(27)
                .allMatch(node -> node.layer().equals(Activation.relu(node.name())));
        var branches = org.mobilenet4j.model.FoldedModel.of(Networks.branches(1));
        assertThat(EqualPair.of(branches.network())).isEmpty();
        assertThat(Equalization.of(branches)).isSameAs(branches);
    }

    private static double output(PostTraining pair, Photos photos) {
        return LayerErrors.of(pair, photos, 1).getLast().outputDecibels();
    }

    private static double[] ranges(Model model, LinearNode layer, boolean isOutput) {
        var kernel = model.weights().get(layer.kernelName()).toArray();
        var ranges =
                new double[isOutput ? layer.outputs() : layer.node().input().channels()];
        for (int i = 0; i < kernel.length; i++) {
            int c = isOutput ? layer.output(i) : layer.input(i);
            ranges[c] = Math.max(ranges[c], Math.abs(kernel[i]));
        }
        return ranges;
    }

    /// `model` with channels that are up to a thousand times larger than others, and taken back in the
    /// next layer.
    private static Model uneven(Model model) {
        var tensors = new LinkedHashMap<String, Tensor>(model.weights().tensors());
        for (var pair : EqualPair.of(model.network())) {
            scale(tensors, pair.first().kernelName(), i -> factor(pair.first().output(i)));
            scale(tensors, pair.first().biasName(), EqualizationTest::factor);
            scale(
                    tensors,
                    pair.second().kernelName(),
                    i -> 1 / factor(pair.second().input(i)));
        }
        return new Model(model.network(), new Weights(tensors), List.of(), model.preprocessing());
    }

    private static double factor(int channel) {
        return Math.pow(10, channel % 4);
    }

    private static void scale(Map<String, Tensor> tensors, String name, java.util.function.IntToDoubleFunction factor) {
        tensors.computeIfPresent(name, (_, tensor) -> {
            var values = tensor.toArray();
            for (int i = 0; i < values.length; i++) {
                values[i] *= (float) factor.applyAsDouble(i);
            }
            return Tensor.of(
                    values, tensor.dims().stream().mapToInt(Integer::intValue).toArray());
        });
    }
}
