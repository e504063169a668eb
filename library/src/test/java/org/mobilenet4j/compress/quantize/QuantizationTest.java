package org.mobilenet4j.compress.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.classify.Classifier;
import org.mobilenet4j.data.DataSet;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.image.Image;
import org.mobilenet4j.image.Preprocessor;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.train.ColoredSquares;

class QuantizationTest {
    private static final DataSet PHOTOS = new ColoredSquares(12, 0);

    private final Model model = Networks.mobileNet(3);

    private static List<Image> images() throws IOException {
        var images = new ArrayList<Image>();
        try (var reader = PHOTOS.inOrder()) {
            for (var sample = reader.next(); sample.isPresent(); sample = reader.next()) {
                images.add(sample.get().photo().decode());
            }
        }
        return images;
    }

    /// By hand.
    private Model expected(QuantizationOptions options) throws IOException {
        var input = model.network().input();
        var inputs = new ArrayList<float[]>();
        for (var image : images()) {
            var values = new float[input.elements()];
            new Preprocessor(model.preprocessing(), input).apply(image, values, 0);
            inputs.add(values);
        }
        return PostTraining.of(model, Photos.of(inputs), options).quantized();
    }

    private static void assertSame(Model actual, Model expected) {
        assertThat(actual.quantization()).isPresent().isEqualTo(expected.quantization());
        assertThat(actual.network()).isEqualTo(expected.network());
        assertThat(actual.weights().tensors().keySet())
                .isEqualTo(expected.weights().tensors().keySet());
        expected.weights().tensors().forEach((name, tensor) -> {
            var other = actual.weights().get(name);
            assertThat(other.quantization()).as(name).isEqualTo(tensor.quantization());
            assertThat(other.toArray()).as(name).isEqualTo(tensor.toArray());
        });
    }

    @Test
    void isPostTrainingInALine() throws IOException {
        var usual = expected(QuantizationOptions.DEFAULT);
        assertSame(Quantization.of(model, images()).run(), usual);
        assertSame(Quantization.of(model, PHOTOS).run(), usual);
        assertSame(Quantization.of(model, images()).perTensor().perChannel().run(), usual);
        assertThat(Classifier.open(usual).classify(images(), 1)).hasSize(12);
    }

    @Test
    void eachChoiceIsTheOption() throws IOException {
        var quantization = Quantization.of(model, images());
        var options = QuantizationOptions.DEFAULT;
        assertSame(quantization.perTensor().run(), expected(options.withWeights(WeightScheme.PER_TENSOR)));
        assertSame(quantization.ranges(RangeChoice.MSE).run(), expected(options.withRanges(RangeChoice.MSE)));
        assertSame(
                quantization.equalized().biasCorrected().run(),
                expected(options.withEqualization(true).withBiasCorrection(true)));
        assertSame(quantization.run(), expected(options));
        assertThat(quantization.toString()).contains(model.network().name(), "12 photos");
    }

    @Test
    @SuppressWarnings({"NullAway", "DataFlowIssue"})
    void whatCannotBeIsSaid() throws IOException {
        assertThatThrownBy(() -> Quantization.of(model, List.of()))
                .isInstanceOf(BadValueException.class)
                .hasMessageContainingAll("no photos to calibrate on", "give some hundred");
        var quantized = Quantization.of(model, PHOTOS).run();
        assertThatThrownBy(() -> Quantization.of(quantized, PHOTOS).run()).hasMessageContaining("already quantized");
        assertThatThrownBy(() -> Quantization.of(null, PHOTOS)).hasMessage("model");
        assertThatThrownBy(() -> Quantization.of(model, (DataSet) null)).hasMessage("photos");
    }
}
