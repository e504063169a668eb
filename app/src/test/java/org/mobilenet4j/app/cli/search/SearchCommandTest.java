package org.mobilenet4j.app.cli.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mobilenet4j.app.cli.Run;
import org.mobilenet4j.arch.technique.Technique;
import org.mobilenet4j.arch.zoo.MobileNetV1;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.infer.measure.Repetition;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.model.file.ModelFile;
import org.mobilenet4j.search.Candidate;
import org.mobilenet4j.search.Timings;
import org.mobilenet4j.tensor.ElementType;

/// `mobilenet search`: what it chooses, prints and draws.
class SearchCommandTest {
    @TempDir
    private Path folder;

    private static void assertFails(Run run, int exit, String says) {
        assertThat(run.exit()).isEqualTo(exit);
        assertThat(run.out()).isEmpty();
        assertThat(run.errLines()).hasSize(1);
        assertThat(run.errLines().getFirst()).startsWith("mobilenet: ").contains(says);
    }

    /// The published sixteen, from the table in `reference.md`.
    @ParameterizedTest
    @CsvSource({
        "--max-mult-adds, 150M, mobilenet_v1_0.5_224",
        "--max-mult-adds, 0.15G, mobilenet_v1_0.5_224",
        "--max-mult-adds, 170000K, mobilenet_v1_0.75_160",
        "--max-parameters, 500k, ''",
        "--max-parameters, 500K, mobilenet_v1_0.25_224",
        "--max-size, 10.5MB, mobilenet_v1_0.75_224",
        "--max-size, 6MiB, mobilenet_v1_0.5_224",
        "--max-memory, 11MiB, mobilenet_v1_0.5_224"
    })
    void choosesTheMostAccurateWithinALimit(String limit, String value, String best) {
        var run = Run.of("search", limit, value);
        if (best.isEmpty()) {
            assertFails(run, 2, "expected an amount above 0, such as 150M or 512KiB, not " + value);
            return;
        }
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out()).contains(": " + best + "\n").containsPattern(best + " .* <- best");
    }

    @Test
    void limitsHoldTogetherAndTheFrontIsDrawn() throws IOException {
        var picture = folder.resolve("front.png");
        var run = Run.of(
                "search",
                "--max-mult-adds",
                "200M",
                "--max-size",
                "6MB",
                "--by",
                "parameters",
                "--plot",
                picture,
                "--format",
                "json");

        assertThat(run.exit()).as(run.err()).isZero();
        var json = run.json();
        assertThat(json.propertyNames()).containsExactly("accuracy", "limits", "best", "by", "networks");
        assertThat(json.get("best").asString()).isEqualTo("mobilenet_v1_0.5_224");
        assertThat(json.get("limits").get("mult-adds").asDouble()).isEqualTo(200e6);
        assertThat(json.get("networks").size()).isEqualTo(16);
        assertThat(json.get("networks")
                        .valueStream()
                        .filter(row -> row.get("front").asBoolean()))
                .as("one for each alpha, as the resolution costs no parameters")
                .extracting(row -> row.get("name").asString())
                .containsExactly(
                        "mobilenet_v1_0.25_224",
                        "mobilenet_v1_0.5_224",
                        "mobilenet_v1_0.75_224",
                        "mobilenet_v1_1.0_224");
        assertThat(ImageIO.read(picture.toFile()).getWidth()).isGreaterThan(400);
    }

    @Test
    void saysWhatIsNeededAtLeast() {
        assertFails(
                Run.of("search", "--max-mult-adds", "10M"),
                1,
                "the least that any needs: mobilenet_v1_0.25_128 needs 13,570,304 mult-adds; raise a limit");
        assertFails(Run.of("search", "--max-size", "-3"), 2, "--max-size");
        assertFails(Run.of("search", "--by", "beauty"), 2, "expected mult-adds, parameters, size, memory or millis");
        assertFails(Run.of("search", "--runs", folder.resolve("none")), 1, "no such file");
    }

    private void train(String name, Model model, int seed, double top1) throws IOException {
        var run = Files.createDirectories(folder.resolve("out/runs/" + name + "-seed" + seed));
        ModelFile.write(model, run.resolve("model.safetensors"), ElementType.FLOAT32);
        Files.writeString(run.resolve("result.json"), """
                {"network": "n", "tensors": 1, "multAdds": 1, "teacher": "", "seed": %d, "epochs": 1, "loss": 1,
                 "trainTop1": 0.5, "top1": %s, "top5": 0.9, "seconds": 1}""".formatted(seed, top1));
    }

    @Test
    void searchesOnesOwnRunsWithTheirSchedules() throws IOException {
        var plain = MobileNetV1.of(0.25, 64, 4).network();
        var early = Technique.parse("early").apply(plain);
        for (var network : List.of(plain, early)) {
            var model = new Model(network, Weights.random(network, 1), List.of(), Preprocessing.TF_SLIM);
            train(network.name(), model, 1, network.equals(plain) ? 0.6 : 0.5);
            train(network.name(), model, 2, network.equals(plain) ? 0.7 : 0.5);
        }
        Files.createDirectories(folder.resolve("out/runs/unfinished-seed1"));

        var run = Run.of("search", "--runs", folder.resolve("out"), "--format=json");

        assertThat(run.exit()).as(run.err()).isZero();
        var json = run.json();
        assertThat(json.get("accuracy").asString()).isEqualTo("the runs of out");
        assertThat(json.get("best").asString()).isEqualTo(plain.name());
        assertThat(json.get("networks").size()).isEqualTo(2);
        assertThat(json.get("networks").get(0).get("name").asString()).isEqualTo(early.name());
        assertThat(json.get("networks").get(1).get("top1").asDouble()).isCloseTo(0.65, within(1e-9));

        Files.createDirectories(folder.resolve("empty/runs"));
        assertFails(Run.of("search", "--runs", folder.resolve("empty")), 1, "has no finished runs");
    }

    @Test
    void latenciesArePredictedAndMeasured() {
        var candidates = List.of(
                Candidate.of("small", MobileNetV1.of(0.25, 32, 4).network(), 0.4),
                Candidate.of("large", MobileNetV1.of(0.5, 128, 4).network(), 0.6));

        var latency = SearchLatency.of(candidates, new Timings(1, 1, new Repetition(1, 0)), true);

        assertThat(latency.candidates())
                .extracting(candidate -> candidate.millis().orElseThrow())
                .allSatisfy(millis -> assertThat(millis).isPositive())
                .isSorted();
        assertThat(latency.measuredMillis()).containsOnlyKeys("small", "large");
        assertThat(latency.candidateErrors()).hasSize(2);
        assertThat(latency.errors()).hasSameSizeAs(latency.fitted());
    }
}
