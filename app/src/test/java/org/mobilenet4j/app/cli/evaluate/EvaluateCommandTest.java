package org.mobilenet4j.app.cli.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mobilenet4j.app.cli.Run;
import org.mobilenet4j.app.cli.Samples;
import org.mobilenet4j.model.Weights;

class EvaluateCommandTest {
    @TempDir
    private Path folder;

    private Path model;

    /// For each of the photos `0.png`, `1.png` and `2.png` the classes from the likeliest to the least likely.
    private final List<List<Integer>> ranking = new ArrayList<>();

    @BeforeEach
    void classify() throws IOException {
        model = Samples.model(folder);
        for (int i = 0; i < 3; i++) {
            var photo = Samples.png(folder.resolve(i + ".png"), i);
            var run = Run.of("classify", "--model", model, "--top", 7, "--format", "json", photo);
            ranking.add(run.json()
                    .get(0)
                    .get("predictions")
                    .valueStream()
                    .map(prediction -> prediction.get("index").asInt())
                    .toList());
        }
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "5"})
    void countsTheFirstAndTheFirstFive(int threads) throws IOException {
        var labels = csv(
                "0.png," + label(ranking.get(0).get(0)),
                "1.png," + label(ranking.get(1).get(4)),
                "2.png," + ranking.get(2).get(6));

        var run = Run.of(
                "evaluate", "--model", model, "--labels", labels, "--threads", threads, "--format", "json", folder);

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.json().get("images").asInt()).isEqualTo(3);
        assertThat(run.json().get("top1").asDouble()).isEqualTo(1 / 3.0);
        assertThat(run.json().get("top5").asDouble()).isEqualTo(2 / 3.0);
        assertThat(run.json().get("millisPerImage").asDouble()).isPositive();
        assertThat(run.json()
                        .get("classes")
                        .valueStream()
                        .mapToInt(c -> c.get("images").asInt())
                        .sum())
                .isEqualTo(3);
    }

    /// Whatever `train` takes: a folder of class folders, with validation photos beside training photos too, and a
    /// list.
    @Test
    void takesWhatTrainingTakes() throws IOException {
        for (int i = 0; i < 3; i++) {
            for (var place : List.of("plain", "divided/val")) {
                var own = Files.createDirectories(folder.resolve(place)
                        .resolve(label(ranking.get(i).get(i)).toUpperCase(Locale.ROOT)));
                Files.copy(folder.resolve(i + ".png"), own.resolve(i + ".png"));
            }
        }
        for (var name : List.of("ANT", "BEE")) {
            var other = Files.createDirectories(folder.resolve("divided/train").resolve(name));
            Files.writeString(other.resolve("1.png"), "never read");
        }
        var list = csv(
                "0.png," + label(ranking.get(0).get(0)),
                "1.png," + label(ranking.get(1).get(1)),
                "2.png," + label(ranking.get(2).get(2)));
        for (var data : List.of(folder.resolve("plain"), folder.resolve("divided"), list)) {
            var run = Run.of("evaluate", "--model", model, "--format", "json", data);

            assertThat(run.exit()).as(run.err()).isZero();
            assertThat(run.json().get("images").asInt()).isEqualTo(3);
            assertThat(run.json().get("top5").asDouble()).isEqualTo(1);
            assertThat(run.json().get("top1").asDouble()).isLessThan(1);
        }
    }

    @Test
    void aLabelIsRightForEveryClassOfThatText() throws IOException {
        int answer = ranking.get(0).getFirst();
        int other = (answer + 1) % Samples.LABELS.size();
        var names = new ArrayList<>(Samples.LABELS);
        names.set(answer, "crane");
        names.set(other, "crane");
        var twoCranes =
                Samples.model(folder.resolve("cranes.safetensors"), Weights.random(Samples.network(), 1), names);

        var byText =
                Run.of("evaluate", "--model", twoCranes, "--labels", csv("0.png,crane"), "--format", "json", folder);
        var byIndex =
                Run.of("evaluate", "--model", twoCranes, "--labels", csv("0.png," + other), "--format", "json", folder);

        assertThat(byText.json().get("top1").asDouble()).isEqualTo(1);
        assertThat(byIndex.json().get("top1").asDouble()).isZero();
    }

    @Test
    void confusionsAreWrittenAsTableAndPicture() throws IOException {
        int answer = ranking.get(1).getFirst();
        int truth = ranking.get(1).getLast();
        var table = folder.resolve("confusion.csv");
        var picture = folder.resolve("confusion.png");

        var run = Run.of(
                "evaluate",
                "--model",
                model,
                "--labels",
                csv("1.png," + label(truth)),
                "--confusion",
                table,
                "--confusion",
                picture,
                folder);

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out()).contains(label(truth), "0.0 %", "ms per image");
        int first = Math.min(answer, truth);
        int second = Math.max(answer, truth);
        assertThat(Files.readString(table))
                .isEqualTo("true class," + label(first) + "," + label(second) + "\n"
                        + label(first) + ",0," + (truth == first ? 1 : 0) + "\n"
                        + label(second) + "," + (truth == second ? 1 : 0) + ",0\n");
        var drawn = ImageIO.read(picture.toFile());
        assertThat(drawn.getWidth()).isBetween(2 * 28, 400);
        assertThat(drawn.getHeight()).isBetween(2 * 28, 400);
    }

    @ParameterizedTest
    @CsvSource({
        "'0.png,unicorn', row 2, unicorn",
        "'0.png,7', row 2, index below 7",
        "'../0.png,ant', row 2, ../0.png",
        "'/etc/hostname,ant', row 2, /etc/hostname",
        "'nothing.png,ant', nothing.png, no such file",
        "'0.png', row 2, no label",
        "'', labels.csv, lists no photos"
    })
    void whatIsWrongWithALineIsNamed(String line, String where, String what) throws IOException {
        var run = Run.of("evaluate", "--model", model, "--labels", csv(line), folder);

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.errLines()).singleElement().asString().contains(where, what);
        assertThat(run.err()).doesNotContain("Exception", "internal error");
    }

    @Test
    void theColumnsMustBeNamed() throws IOException {
        var headless = Files.writeString(folder.resolve("headless.csv"), "0.png,ant\n");

        var run = Run.of("evaluate", "--model", model, "--labels", headless, folder);

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.errLines()).singleElement().asString().contains("headless.csv", "columns file and label");
    }

    private static String label(int index) {
        return Samples.LABELS.get(index);
    }

    private Path csv(String... lines) throws IOException {
        return Files.writeString(folder.resolve("labels.csv"), "file,label\n" + String.join("\n", lines) + "\n");
    }
}
