package org.mobilenet4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.GlobalAveragePool;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.arch.zoo.MobileNetV1;
import org.mobilenet4j.classify.Embedder;
import org.mobilenet4j.compress.quantize.Quantization;
import org.mobilenet4j.data.DataSet;
import org.mobilenet4j.image.Image;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.infer.Plan;
import org.mobilenet4j.infer.SessionOptions;
import org.mobilenet4j.tensor.Shape;
import org.mobilenet4j.train.ColoredSquares;

class FeatureExtractorTest {
    private static final DataSet PHOTOS = new ColoredSquares(12, 0);

    /// One that pools before its last layer, and one that pools after it, as SqueezeNet does.
    private static Model model(String kind) {
        var network = kind.equals("pooled")
                ? MobileNetV1.of(0.25, 32, 5).network()
                : new Network(
                        "late",
                        new Shape(32, 32, 3),
                        Sequence.of(
                                Conv.of("conv", 16, Window.square(3, 2, Padding.SAME))
                                        .withBias(),
                                Activation.relu("relu"),
                                Conv.pointwise("head", 5).withBias(),
                                new GlobalAveragePool("pool"),
                                new Softmax("softmax")));
        return new Model(network, Weights.random(network, 1), List.of(), Preprocessing.TF_SLIM);
    }

    private static Image photo() throws IOException {
        try (var reader = PHOTOS.inOrder()) {
            return reader.next().orElseThrow().photo().decode();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pooled", "late"})
    void integersGiveNearlyTheFeaturesOfFloats(String kind) throws IOException {
        var floats = model(kind);
        var integers = Quantization.of(floats, PHOTOS).run();
        var features = FeatureExtractor.of(integers);

        assertThat(features.quantization()).isPresent();
        assertThat(features.outputs()).isEqualTo(Outputs.FEATURES);
        assertThat(features.toString()).contains("features, quantized");
        assertThat(Plan.of(features, SessionOptions.DEFAULT).usesIntegers()).isTrue();
        var exact = Embedder.open(floats).embed(photo());
        var rounded = Embedder.open(integers).embed(photo());
        assertThat(rounded).hasSize(exact.length);
        assertThat(Embedder.similarity(exact, rounded)).isGreaterThan(0.98);
    }

    @Test
    void withoutALastLayerThereIsNothingBeforeIt() {
        var network = new Network("pool", new Shape(8, 8, 3), Sequence.of(new GlobalAveragePool("pool")));
        assertThatThrownBy(() -> FeatureExtractor.network(network))
                .hasMessageContaining("the network pool does not end in a dense layer or a convolution");
    }
}
