package org.mobilenet4j.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.GlobalAveragePool;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Sigmoid;
import org.mobilenet4j.arch.zoo.MobileNetV1;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.image.Image;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.image.Preprocessor;
import org.mobilenet4j.infer.Session;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Outputs;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.model.file.Models;
import org.mobilenet4j.tensor.Shape;
import org.mobilenet4j.tensor.Tensor;

class ClassifierTest {
    private static Model model(int classes) {
        var network = MobileNetV1.of(0.25, 32, classes).network();
        var labels = IntStream.range(0, classes).mapToObj(i -> "label " + i).toList();
        return new Model(network, Weights.random(network, 3), labels, Preprocessing.TF_SLIM);
    }

    private static Image photo() {
        return photo(1);
    }

    private static Image photo(int seed) {
        var rgb = new byte[40 * 50 * 3];
        new Random(seed).nextBytes(rgb);
        return new Image(40, 50, rgb);
    }

    @Test
    void theBestComeFirstWithTheirLabels() {
        var model = model(12);
        var input = new float[32 * 32 * 3];
        new Preprocessor(model.preprocessing(), model.network().input()).apply(photo(), input, 0);
        var output = Session.open(model).run(input, 1);
        var expected = IntStream.range(0, 12)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -output[i]))
                .map(i -> new Prediction(i, "label " + i, output[i]))
                .toList();

        var classifier = Classifier.open(model);
        for (int k = 1; k <= 12; k++) {
            assertThat(classifier.classify(photo(), k)).isEqualTo(expected.subList(0, k));
        }
        assertThat(classifier.classify(photo(), 100)).isEqualTo(expected);
        assertThat(expected.stream().mapToDouble(Prediction::probability).sum()).isBetween(0.9999, 1.0001);
    }

    /// The same network with and without its last layer: what is shown is the same.
    @Test
    void logitsAreShownAsTheProbabilitiesThatTheyStandFor() {
        var whole = model(12);
        var shown = Classifier.open(whole).classify(photo(), 12);

        var cut = Classifier.open(cut(whole)).classify(photo(), 12);

        assertThat(cut).hasSize(12);
        for (int i = 0; i < 12; i++) {
            assertThat(cut.get(i).label()).isEqualTo(shown.get(i).label());
            assertThat(cut.get(i).probability()).isCloseTo(shown.get(i).probability(), within(1e-6f));
        }
    }

    /// Their order is that of the logits, even where all probabilities but one are zero as floats.
    @Test
    void hugeLogitsKeepTheirOrder() {
        var bias = new float[] {-3000, 2000, -1000, 0};
        var model = end(4, bias, List.of("a", "b", "c", "d"));

        var shown = Classifier.open(model).classify(photo(), 4);

        assertThat(shown.stream().map(Prediction::label)).containsExactly("b", "d", "c", "a");
        assertThat(shown.stream().map(Prediction::probability)).containsExactly(1f, 0f, 0f, 0f);
    }

    @Test
    void oneSigmoidTellsTwoClassesApart() {
        float logit = 0.8f;
        float second = (float) (1 / (1 + Math.exp(-logit)));
        var sigmoid = end(1, new float[] {logit}, List.of("cat", "dog"), new Sigmoid("sigmoid"));
        var linear = end(1, new float[] {logit}, List.of("cat", "dog"));
        assertThat(linear.outputs()).isEqualTo(Outputs.ONE_LOGIT);
        for (var model : List.of(sigmoid, linear)) {
            assertThat(model.classes()).isEqualTo(2);
            var shown = Classifier.open(model).classify(photo(), 5);
            assertThat(shown.stream().map(Prediction::label)).containsExactly("dog", "cat");
            assertThat(shown.stream().map(Prediction::index)).containsExactly(1, 0);
            assertThat(shown.getFirst().probability()).isCloseTo(second, within(1e-6f));
            assertThat(shown.getLast().probability()).isCloseTo(1 - second, within(1e-6f));
        }
        assertThat(end(1, new float[] {0}, List.of("dog"), new Sigmoid("sigmoid"))
                        .labels())
                .containsExactly("not dog", "dog");
    }

    @Test
    void sigmoidsAreShownAsTheyAre() {
        var model = end(3, new float[] {1, 2, -1}, List.of("a", "b", "c"), new Sigmoid("sigmoid"));

        var shown = Classifier.open(model).classify(photo(), 3);

        assertThat(shown.stream().map(Prediction::label)).containsExactly("b", "a", "c");
        assertThat(shown.get(0).probability()).isCloseTo((float) (1 / (1 + Math.exp(-2))), within(1e-6f));
        assertThat(shown.get(2).probability()).isCloseTo((float) (1 / (1 + Math.exp(1))), within(1e-6f));
    }

    /// A network whose outputs are `bias` for any photo, behind which `last` stand.
    private static Model end(int units, float[] bias, List<String> labels, Layer... last) {
        var layers = new ArrayList<Layer>(List.of(new GlobalAveragePool("pool"), Dense.of("fc", units)));
        layers.addAll(List.of(last));
        var network = new Network("end", new Shape(8, 8, 3), new Sequence("", layers));
        var weights = new Weights(
                Map.of("fc/kernel", Tensor.of(new float[3 * units], 3, units), "fc/bias", Tensor.of(bias, units)));
        return new Model(network, weights, labels, Preprocessing.TF_SLIM);
    }

    /// Without the softmax at its end.
    private static Model cut(Model model) {
        var layers = ((Sequence) model.network().body()).layers();
        var cut = new Network("cut", model.network().input(), new Sequence("", layers.subList(0, layers.size() - 1)));
        return new Model(cut, model.weights(), model.labels(), model.preprocessing());
    }

    @Test
    void whatDoesNotClassifyIsRefused() {
        assertThatThrownBy(() -> Classifier.open(model(3)).classify(photo(), 0)).hasMessageContaining("positive");
        var features = MobileNetV1.of(0.25, 64, 0).network();
        var model = new Model(features, Weights.random(features, 1), List.of(), Preprocessing.TF_SLIM);
        assertThatThrownBy(() -> Classifier.open(model)).hasMessageContaining("2x2x256");
        var embedding = end(5, new float[5], List.of()).withOutputs(Outputs.FEATURES);
        assertThatThrownBy(() -> Classifier.open(embedding)).hasMessageContaining("5 features, not with classes");
    }

    /// Finite weights can have answers that are none.
    @Test
    void answersThatAreNotNumbersAreRefused() {
        var good = model(3);
        var tensors = good.weights().tensors();
        tensors.put("conv_preds/kernel", filled(3e38f, good.weights().get("conv_preds/kernel")));
        var huge = new Model(good.network(), new Weights(tensors), good.labels(), Preprocessing.TF_SLIM);

        assertThatThrownBy(() -> Classifier.open(huge).classify(photo(), 1)).hasMessageContaining("not numbers (NaN)");
        tensors.put(
                "conv_pw_13_bn/moving_variance", filled(-0.5f, good.weights().get("conv_pw_13_bn/moving_variance")));
        assertThatThrownBy(() -> new Model(good.network(), new Weights(tensors), good.labels(), Preprocessing.TF_SLIM))
                .isInstanceOf(BadValueException.class)
                .hasMessageContaining("conv_pw_13_bn/moving_variance has the variance -0.5 at position 0");
    }

    /// Photos come as files, streams and pictures of other programs, with the same answer.
    @Test
    void photosComeInEveryForm(@TempDir Path folder) throws IOException {
        var picture = new BufferedImage(50, 40, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 2000; i++) {
            picture.setRGB(i % 50, i / 50, i * 7919);
        }
        var file = folder.resolve("photo.png");
        ImageIO.write(picture, "png", file.toFile());
        var classifier = Classifier.open(model(12));
        var answer = classifier.classify(file, 3);

        assertThat(classifier.classify(picture, 3)).isEqualTo(answer);
        try (var stream = Files.newInputStream(file)) {
            assertThat(classifier.classify(stream, 3)).isEqualTo(answer);
        }
        assertThat(classifier.classify(Image.of(picture), 3)).isEqualTo(answer);
    }

    @Test
    void modelsComeFromFiles(@TempDir Path folder) throws IOException {
        var file = folder.resolve("my.safetensors");
        Models.write(model(5), file);
        var classifier = Classifier.open(file);
        assertThat(classifier.classify(photo(), 2))
                .isEqualTo(Classifier.open(model(5)).classify(photo(), 2));
        assertThat(classifier.toString()).contains("mobilenet-v1-0.25-32", "5 classes", "32x32x3");
        assertThatThrownBy(() -> Classifier.open(folder.resolve("none.tflite")))
                .isInstanceOf(BadFileException.class)
                .hasMessageContaining("none.tflite: no such file");
    }

    @Test
    void aBatchHasTheAnswersOfItsPhotos() {
        var classifier = Classifier.open(model(12));
        for (int count : new int[] {0, 1, 2, 3, 7, 16, 33}) {
            var photos =
                    IntStream.range(0, count).mapToObj(ClassifierTest::photo).toList();
            assertThat(classifier.classify(photos, 3))
                    .as("%d photos", count)
                    .isEqualTo(photos.stream()
                            .map(photo -> classifier.classify(photo, 3))
                            .toList());
        }
    }

    /// A service has one classifier for all of its threads.
    @Test
    void threadsShareIt() throws Exception {
        var classifier = Classifier.open(model(12));
        var photos = IntStream.range(0, 8).mapToObj(ClassifierTest::photo).toList();
        var expected = classifier.classify(photos, 3);
        try (var platform = Executors.newFixedThreadPool(16);
                var virtual = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<Future<List<Prediction>>>();
            for (int i = 0; i < 160; i++) {
                answers.add(classify(classifier, photos.get(i % 8), platform));
            }
            for (int i = 0; i < 1000; i++) {
                answers.add(classify(classifier, photos.get(i % 8), virtual));
            }
            var batches = platform.submit((Callable<List<List<Prediction>>>) () -> classifier.classify(photos, 3));
            for (int i = 0; i < answers.size(); i++) {
                assertThat(answers.get(i).get()).isEqualTo(expected.get(i % 8));
            }
            assertThat(batches.get()).isEqualTo(expected);
        }
    }

    private static Future<List<Prediction>> classify(Classifier classifier, Image photo, ExecutorService threads) {
        return threads.submit(() -> classifier.classify(photo, 3));
    }

    @Test
    void badPhotosAreNamed(@TempDir Path folder) throws IOException {
        var classifier = Classifier.open(model(3));
        var empty = Files.createFile(folder.resolve("empty.jpg"));
        assertThatThrownBy(() -> classifier.classify(empty, 1))
                .isInstanceOf(BadFileException.class)
                .hasMessageContaining("empty.jpg: is empty");
        assertThatThrownBy(() -> classifier.classify(InputStream.nullInputStream(), 1))
                .isInstanceOf(BadFileException.class)
                .hasMessageContaining("the stream: is empty");
        var closed = Files.newInputStream(empty);
        closed.close();
        assertThatThrownBy(() -> classifier.classify(closed, 1))
                .isInstanceOf(BadFileException.class)
                .hasMessageMatching("the stream: cannot be read \\(.*Closed.*\\); give an open stream of a photo");
        var half = Arrays.copyOf(png(), 60);
        assertThatThrownBy(() -> classifier.classify(new ByteArrayInputStream(half), 1))
                .isInstanceOf(BadFileException.class)
                .hasMessageStartingWith("the stream: ");
    }

    private static byte[] png() throws IOException {
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(50, 40, BufferedImage.TYPE_INT_RGB), "png", bytes);
        return bytes.toByteArray();
    }

    @Test
    @SuppressWarnings({"NullAway", "DataFlowIssue"})
    void nullsAreRefusedByName() {
        var classifier = Classifier.open(model(3));
        assertThatThrownBy(() -> Classifier.open((Model) null)).hasMessage("model");
        assertThatThrownBy(() -> Classifier.open((Path) null)).hasMessage("file");
        assertThatThrownBy(() -> classifier.classify((Image) null, 1)).hasMessage("photo");
        assertThatThrownBy(() -> classifier.classify((Path) null, 1)).hasMessage("file");
        assertThatThrownBy(() -> classifier.classify((InputStream) null, 1)).hasMessage("stream");
        assertThatThrownBy(() -> classifier.classify((BufferedImage) null, 1)).hasMessage("photo");
        assertThatThrownBy(() -> classifier.classify((List<Image>) null, 1)).hasMessage("photos");
    }

    private static Tensor filled(float value, Tensor like) {
        var values = new float[like.size()];
        Arrays.fill(values, value);
        return Tensor.of(
                values, like.dims().stream().mapToInt(Integer::intValue).toArray());
    }
}
