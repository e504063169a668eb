package org.mobilenet4j.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.zoo.MobileNetV1;
import org.mobilenet4j.arch.zoo.Networks;
import org.mobilenet4j.image.Image;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.image.Preprocessor;
import org.mobilenet4j.infer.Session;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;

class EmbedderTest {
    private static Image photo(int seed) {
        var rgb = new byte[70 * 80 * 3];
        new Random(seed).nextBytes(rgb);
        return new Image(70, 80, rgb);
    }

    private static Model model(Network network) {
        return new Model(network, Weights.random(network, 3), List.of(), Preprocessing.TF_SLIM);
    }

    /// The last layer, computed here from the embedding, gives the classes that the whole network gives.
    @Test
    void theLastLayerReadsTheEmbedding() {
        var model = model(MobileNetV1.of(0.25, 64, 7).network());
        var input = new float[64 * 64 * 3];
        new Preprocessor(model.preprocessing(), model.network().input()).apply(photo(1), input, 0);
        var probabilities = Session.open(model).run(input, 1);
        var embedder = Embedder.open(model);
        var features = embedder.embed(photo(1));

        assertThat(features).hasSize(256).hasSize(embedder.size());
        var kernel = model.weights().get("conv_preds/kernel").toArray();
        var bias = model.weights().get("conv_preds/bias").toArray();
        var scores = new double[7];
        double sum = 0;
        for (int c = 0; c < 7; c++) {
            scores[c] = bias[c];
            for (int f = 0; f < 256; f++) {
                scores[c] += (double) kernel[f * 7 + c] * features[f];
            }
            sum += Math.exp(scores[c]);
        }
        for (int c = 0; c < 7; c++) {
            assertThat(Math.exp(scores[c]) / sum).isCloseTo(probabilities[c], within(1e-5));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"squeezenet", "mobilenet-v1"})
    void everyNetworkHasOne(String name) {
        var network = Networks.network(name, OptionalDouble.empty(), OptionalInt.of(64), OptionalInt.of(10));
        var embedder = Embedder.open(model(network));
        assertThat(embedder.embed(photo(2))).hasSize(embedder.size());
        assertThat(embedder.toString()).contains(network.name(), embedder.size() + " values");
    }

    @Test
    void aBatchHasTheEmbeddingsOfItsPhotos() {
        var embedder = Embedder.open(model(MobileNetV1.of(0.25, 32, 7).network()));
        var photos = IntStream.range(0, 9).mapToObj(EmbedderTest::photo).toList();
        var batch = embedder.embed(photos);
        for (int i = 0; i < 9; i++) {
            assertThat(batch.get(i)).containsExactly(embedder.embed(photos.get(i)));
        }
    }

    @Test
    void similarityIsTheCosine() {
        assertThat(Embedder.similarity(new float[] {3, 4}, new float[] {6, 8})).isCloseTo(1, within(1e-12));
        assertThat(Embedder.similarity(new float[] {3, 4}, new float[] {-4, 3})).isZero();
        assertThat(Embedder.similarity(new float[] {0, 0}, new float[] {1, 0})).isZero();
        assertThatThrownBy(() -> Embedder.similarity(new float[2], new float[3]))
                .hasMessageContaining("2", "3");
    }

    @Test
    @SuppressWarnings({"NullAway", "DataFlowIssue"})
    void nullsAreRefusedByName() {
        assertThatThrownBy(() -> Embedder.open((Model) null)).hasMessage("model");
        var embedder = Embedder.open(model(MobileNetV1.of(0.25, 32, 7).network()));
        assertThatThrownBy(() -> embedder.embed((Image) null)).hasMessage("photo");
    }
}
