package org.mobilenet4j.app.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mobilenet4j.app.experiment.conclusion.Conclusion;
import org.mobilenet4j.app.experiment.run.Arm;
import org.mobilenet4j.app.experiment.run.RunResult;
import org.mobilenet4j.app.experiment.run.Scale;
import org.mobilenet4j.app.output.FolderLock;
import org.mobilenet4j.arch.zoo.MobileNetV1.Variant;
import org.mobilenet4j.train.Recipe;

/// Whole experiments on a few colored pictures, with networks as small as the tables allow.
class ExperimentRunTest {
    private static final Recipe RECIPE =
            Recipe.DEFAULT.withBatch(4).withEpochs(2).withRate(0.02);
    private static final ExperimentRun.Listener NOBODY = new ExperimentRun.Listener() {};

    private static final String OTHER = """
            {"network": "another", "tensors": 1, "multAdds": 1, "seed": 1, "epochs": 2, "loss": 1, "trainTop1": 1,
            "top1": 1, "top5": 1, "seconds": 1}""";

    @TempDir
    private Path folder;

    private ColoredPhotos photos;

    @BeforeEach
    void draw() throws IOException {
        photos = ColoredPhotos.in(folder.resolve("photos"));
    }

    private ExperimentPlan plan(String out, int seeds) {
        var protocol = photos.protocol(RECIPE);
        var arms = List.of(
                Arm.of("narrow", Variant.SEPARABLE, 0.2, protocol.scale(), Optional.empty()),
                Arm.of("shallow", Variant.SHALLOW, 0.25, protocol.scale(), Optional.empty()));
        return new ExperimentPlan(PaperExperiment.TABLE5, arms, protocol, folder.resolve(out), seeds);
    }

    @Test
    void anInterruptedExperimentEndsWithTheSameTable() throws IOException {
        assertThat(new ExperimentRun(plan("whole", 2)).run(NOBODY)).isTrue();

        var random = new Random(3);
        boolean isDone = false;
        int parts = 0;
        while (!isDone) {
            var run = new ExperimentRun(plan("parts", 2));
            parts++;
            try {
                isDone = run.run(new Breaker(run, 4 + random.nextInt(5), parts % 2 == 0));
            } catch (IllegalStateException crash) {
                assertThat(crash).hasMessage("a crash");
            }
        }

        assertThat(parts).isGreaterThan(2);
        for (var name : List.of("table5.csv", "runs/mobilenet-v1-0.2-32-seed2/model.safetensors", "protocol.json")) {
            assertThat(folder.resolve("parts").resolve(name))
                    .hasSameBinaryContentAs(folder.resolve("whole").resolve(name));
        }
        var table = ExperimentTable.of(plan("parts", 2));
        assertThat(table.isDone()).isTrue();
        assertThat(table.outcomes())
                .hasSize(2)
                .allSatisfy(outcome -> assertThat(outcome.top1()).hasSize(2));
        assertThat(table.conclusions()).hasSize(1);
        try (var left = Files.walk(folder.resolve("parts"))) {
            assertThat(left.filter(path -> path.toString().endsWith(".checkpoint")
                            || path.toString().endsWith(".tmp")))
                    .isEmpty();
        }
    }

    @Test
    void runsAreDoneOnceAndMoreSeedsComeOnTop() throws IOException {
        assertThat(new ExperimentRun(plan("out", 1)).run(NOBODY)).isTrue();
        assertThat(ExperimentTable.of(plan("out", 1)).conclusions())
                .extracting(Conclusion::verdict)
                .containsExactly(Conclusion.Verdict.OPEN);

        var more = plan("out", 2);
        assertThat(more.planned().stream().map(PlannedRun::done)).containsExactly(true, true, false, false);
        assertThat(ExperimentTable.of(more).isDone()).isFalse();
        var counted = new int[2];
        assertThat(new ExperimentRun(more).run(new ExperimentRun.Listener() {
                    @Override
                    public void begins(List<PlannedRun> runs) {
                        counted[0] = runs.size();
                    }

                    @Override
                    public void ended(PlannedRun run, RunResult result, double later) {
                        counted[1]++;
                    }
                }))
                .isTrue();
        assertThat(counted).containsExactly(2, 2);
        assertThat(Files.readAllLines(folder.resolve("out/table5.csv")))
                .hasSize(3)
                .first()
                .asString()
                .contains("top1_seed1,top1_seed2,paper_top1");
    }

    @Test
    void otherSettingsAreNotMixedIn() throws IOException {
        new ExperimentRun(plan("out", 1)).run(NOBODY);
        var other = photos.protocol(RECIPE.withEpochs(3));
        assertThatThrownBy(() -> ExperimentPlan.of(PaperExperiment.TABLE4, other, folder.resolve("out"), 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(
                        "protocol.json: the runs of this folder were made with the recipe's epochs 2, not 3;"
                                + " give the same, or another --out");
    }

    @Test
    void protocolMayHaveTheOldNamesOfSettings() throws IOException {
        new ExperimentRun(plan("out", 1)).run(NOBODY);
        var file = folder.resolve("out/protocol.json");
        var text = Files.readString(file);
        assertThat(text).contains("recipe's schedule", "recipe's weight-decay");
        Files.writeString(
                file,
                text.replace("recipe's schedule", "recipe's course")
                        .replace("recipe's weight-decay", "recipe's decay"));

        var again = ExperimentPlan.of(PaperExperiment.TABLE4, photos.protocol(RECIPE), folder.resolve("out"), 1);
        assertThat(again.runs()).isNotEmpty();
    }

    @Test
    void aFolderIsForOneAtATime() throws IOException {
        var plan = plan("out", 1);
        try (var lock = FolderLock.take(plan.out(), "is taken")) {
            assertThat(lock.channel().isOpen()).isTrue();
            var run = new ExperimentRun(plan);
            assertThatThrownBy(() -> run.run(NOBODY)).hasMessageContaining("another mobilenet experiment is running");
        }
    }

    @Test
    void resultsAreNotBelieved() throws IOException {
        var plan = plan("out", 1);
        var place = Files.createDirectories(plan.runs().getFirst().path());
        Files.writeString(place.resolve("result.json"), "{\"network\":");
        assertThatThrownBy(plan::planned).isInstanceOf(IOException.class).hasMessageContaining("is damaged");
        Files.writeString(place.resolve("result.json"), OTHER);
        assertThatThrownBy(plan::planned).isInstanceOf(IOException.class).hasMessageContaining("is of another network");
    }

    @Test
    void everyTableTakesTheFoldersRuns() {
        var scale = new Scale(64, 40);
        assertThat(PaperExperiment.TABLE7.arms(scale).stream().map(Arm::resolution))
                .containsExactly(64, 55, 46, 37);
        var keys = PaperExperiment.FIGURES.arms(scale).stream().map(Arm::key).toList();
        assertThat(keys).hasSize(16).doesNotHaveDuplicates();
        assertThat(keys)
                .containsAll(PaperExperiment.TABLE6.arms(scale).stream()
                        .map(Arm::key)
                        .toList());
        assertThat(keys)
                .containsAll(PaperExperiment.TABLE7.arms(scale).stream()
                        .map(Arm::key)
                        .toList());
        assertThat(PaperExperiment.TABLE4.arms(scale).getLast().key()).isEqualTo(keys.getFirst());
        assertThatThrownBy(() -> PaperExperiment.named("table9"))
                .hasMessage("there is no experiment called table9; the experiments are table4, table5, table6, table7,"
                        + " figures, techniques, distillation, quantization");
    }
}
