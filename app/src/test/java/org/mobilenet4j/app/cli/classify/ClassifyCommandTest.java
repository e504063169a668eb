package org.mobilenet4j.app.cli.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mobilenet4j.app.cli.Run;
import org.mobilenet4j.app.cli.Samples;
import org.mobilenet4j.classify.Prediction;
import org.mobilenet4j.model.Outputs;

class ClassifyCommandTest {
    @TempDir
    private Path folder;

    @Test
    void jsonNamesEveryPhotoAndItsLikeliestClasses() throws IOException {
        var model = Samples.model(folder);
        var first = Samples.png(folder.resolve("a.png"), 1);
        var second = Samples.png(folder.resolve("b.png"), 2);

        var run = Run.of("classify", "--model", model, "--top", 7, "--format", "json", first, second);

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.json()).hasSize(2);
        var photo = run.json().get(0);
        assertThat(photo.get("file").asString()).isEqualTo(first.toString());
        assertThat(photo.get("millis").asDouble()).isPositive();
        assertThat(photo.has("error")).isFalse();
        var predictions = photo.get("predictions").valueStream().toList();
        assertThat(predictions).hasSize(7);
        assertThat(predictions)
                .allSatisfy(p -> assertThat(p.get("label").asString())
                        .isEqualTo(Samples.LABELS.get(p.get("index").asInt())));
        assertThat(predictions.stream()
                        .mapToDouble(p -> p.get("probability").asDouble())
                        .sum())
                .isCloseTo(1, within(1e-4));
        assertThat(predictions)
                .isSortedAccordingTo((a, b) -> Double.compare(
                        b.get("probability").asDouble(), a.get("probability").asDouble()));
        assertThat(run.json().get(1).get("predictions")).hasSize(7).isNotEqualTo(photo.get("predictions"));
    }

    @Test
    void optionsOverrideWhatTheModelSays() throws IOException {
        var model = Samples.model(folder);
        var photo = Samples.png(folder.resolve("a.png"), 1);
        var names = Files.writeString(folder.resolve("names.txt"), "A\nB\nC\nD\nE\nF\nG\n");

        var plain =
                Run.of("classify", "--model", model, "--format", "json", photo).json();
        var whole = Run.of("classify", "--model", model, "--format", "json", "--crop", "1.0", photo)
                .json();
        var named = Run.of("classify", "--model", model, "--format", "json", "--label-names", names, photo)
                .json();
        var smooth = Run.of("classify", "--model", model, "--format", "json", "--resize", "antialias", photo)
                .json();

        assertThat(whole.get(0).get("predictions")).isNotEqualTo(plain.get(0).get("predictions"));
        assertThat(smooth.get(0).get("predictions")).isNotEqualTo(plain.get(0).get("predictions"));
        assertThat(named.get(0).get("predictions").get(0).get("label").asString())
                .matches("[A-G]");
    }

    @Test
    void textDrawsABarForEachClass() {
        var image = ClassifiedImage.of(
                Path.of("photo.jpg"),
                List.of(new Prediction(2, "cat", 0.75f), new Prediction(3, "dog", 0.0625f)),
                3.21,
                "float",
                Outputs.PROBABILITIES);

        assertThat(PredictionText.of(image, false, 0).lines())
                .containsExactly(
                        "photo.jpg (3.2 ms)",
                        "   75.0 %  ##################        cat",
                        "    6.3 %  ##                        dog");
        assertThat(PredictionText.of(image, true, 0)).contains("█".repeat(18) + " ", " █▌ ");
    }

    @Test
    void photosOfAFolder() throws IOException {
        var photos = Files.createDirectories(folder.resolve("photos/deep"));
        Samples.png(photos.resolve("1.png"), 1);
        Samples.png(photos.resolveSibling("2.png"), 2);
        Files.writeString(photos.resolve(".DS_Store"), "litter");

        var run = Run.of("classify", "--model", Samples.model(folder), "--format", "json", folder.resolve("photos"));

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.json().size()).isEqualTo(2);
    }

    @Test
    void onlySomeClassesArePrinted() throws IOException {
        var model = Samples.model(folder);
        var photo = Samples.png(folder.resolve("a.png"), 1);

        var run = Run.of("classify", "--model", model, "--labels-only", "Bee,fox", "--format", "json", photo);
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.json().get(0).get("predictions").valueStream())
                .extracting(prediction -> prediction.get("label").asString())
                .containsExactlyInAnyOrder("bee", "fox");

        var all = Run.of("classify", "--model", model, "--top", 7, "--format", "json", photo);
        double second =
                all.json().get(0).get("predictions").get(1).get("probability").asDouble();
        var likely = Run.of("classify", "--model", model, "--min-score", second, "--format", "json", photo);
        assertThat(likely.json().get(0).get("predictions")).hasSize(2);
        var none = Run.of("classify", "--model", model, "--min-score", "1", photo);
        assertThat(none.exit()).isZero();
        assertThat(none.out()).contains("no class has 100.0 % or more");
    }

    @Test
    void classesThatTheModelLacksAreSuggested() throws IOException {
        var model = Samples.model(folder);
        var photo = Samples.png(folder.resolve("a.png"), 1);

        var run = Run.of("classify", "--model", model, "--labels-only", "ant,foxx", photo);
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.errLines())
                .containsExactly("mobilenet: --labels-only: the model has no class called foxx; did you mean fox?");
        assertThat(Run.of("classify", "--model", model, "--min-score", "1.5", photo)
                        .exit())
                .isEqualTo(2);
    }

    /// Seven classes of a network that learned nothing are all about as likely.
    @Test
    void saysWhereNothingIsLikely() throws IOException {
        var model = Samples.model(folder);
        var photo = Samples.png(folder.resolve("a.png"), 1);

        var run = Run.of("classify", "--model", model, photo);
        assertThat(run.exit()).isZero();
        assertThat(run.errLines())
                .singleElement()
                .asString()
                .startsWith("mobilenet: note: " + photo + ": nothing is likely: the best of the 7 classes")
                .doesNotContain("pull");
        assertThat(Run.of("classify", photo).err())
                .contains("nothing is likely", "mobilenet pull mobilenet_v1_1.0_224");
        assertThat(Run.of("classify", "../examples/orange.png").err()).isEmpty();
    }
}
