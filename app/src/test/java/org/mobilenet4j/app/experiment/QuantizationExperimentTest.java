package org.mobilenet4j.app.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mobilenet4j.app.experiment.conclusion.Conclusion;
import org.mobilenet4j.app.experiment.conclusion.Conclusion.Verdict;
import org.mobilenet4j.app.experiment.conclusion.Outcome;
import org.mobilenet4j.app.experiment.run.Arm;
import org.mobilenet4j.app.experiment.run.Scale;
import org.mobilenet4j.app.experiment.table.QuantizationLine;
import org.mobilenet4j.arch.zoo.MobileNetV1.Variant;
import org.mobilenet4j.compress.quantize.WeightScheme;
import org.mobilenet4j.cost.Cost;
import org.mobilenet4j.model.file.ModelFile;
import org.mobilenet4j.tensor.Tensor;
import org.mobilenet4j.train.Recipe;

/// Floats that are trained, the integers that are made of them, and what both come to.
class QuantizationExperimentTest {
    private static final Scale SCALE = new Scale(64, 20);
    private static final Recipe RECIPE =
            Recipe.DEFAULT.withBatch(4).withEpochs(2).withRate(0.02);
    private static final Recipe TRAINING =
            Recipe.QUANTIZATION.withBatch(4).withEpochs(2).withRate(0.01);
    private static final ExperimentRun.Listener NOBODY = new ExperimentRun.Listener() {};

    @TempDir
    private static Path folder;

    private static ColoredPhotos photos;

    /// An unbroken experiment, `whole`.
    @BeforeAll
    static void run() throws IOException {
        photos = ColoredPhotos.in(folder.resolve("photos"));
        assertThat(new ExperimentRun(plan("whole", TRAINING, 2)).run(NOBODY)).isTrue();
    }

    private static ExperimentPlan plan(String out, Recipe training, int seeds) {
        var protocol = photos.protocol(RECIPE);
        var floats = Arm.of("narrow", Variant.SEPARABLE, 0.2, protocol.scale(), Optional.empty());
        var arms = QuantizationExperiment.arms(floats, training);
        return new ExperimentPlan(new QuantizationExperiment(), arms, protocol, folder.resolve(out), seeds);
    }

    private static Path run(String out, String name) {
        return folder.resolve(out).resolve("runs/mobilenet-v1-0.2-32" + name);
    }

    @Test
    void anInterruptedExperimentEndsWithTheSameTable() throws IOException {
        boolean isDone = false;
        int parts = 0;
        while (!isDone) { // 30 steps, of each of the trained runs at least one break
            var run = new ExperimentRun(plan("parts", TRAINING, 2));
            parts++;
            try {
                isDone = run.run(new Breaker(run, 4, parts % 2 == 0));
            } catch (IllegalStateException crash) {
                assertThat(crash).hasMessage("a crash");
            }
        }

        assertThat(parts).isGreaterThan(6);
        for (var name : List.of("", "-int8-per-tensor", "-int8-per-channel-trained")) {
            assertThat(run("parts", name + "-seed2/model.safetensors"))
                    .hasSameBinaryContentAs(run("whole", name + "-seed2/model.safetensors"));
        }
        assertThat(folder.resolve("parts/quantization.csv"))
                .hasSameBinaryContentAs(folder.resolve("whole/quantization.csv"));
        var lines = Files.readAllLines(folder.resolve("parts/quantization.csv"));
        assertThat(lines)
                .hasSize(6)
                .first()
                .isEqualTo("weights,trained,weight_bytes,seeds,top1_mean,top1_sd,top1_seed1,top1_seed2,"
                        + "difference,error");
        var floats = ModelFile.read(run("whole", "-seed1/model.safetensors")).network();
        assertThat(lines.stream().skip(1).map(line -> line.substring(0, line.indexOf(",2,"))))
                .containsExactly(
                        "floats,no," + 4 * Cost.of(floats).parameters().withStatistics(),
                        "per-tensor,no," + bytes("-int8-per-tensor", false),
                        "per-channel,no," + bytes("-int8-per-channel", true),
                        "per-tensor,yes," + bytes("-int8-per-tensor-trained", false),
                        "per-channel,yes," + bytes("-int8-per-channel-trained", true));
        assertThat(ExperimentTable.of(plan("parts", TRAINING, 2)).conclusions()).hasSize(3);
    }

    /// Of all tensors, and a scale for each of the 28 kernels or, as biases have it, for each channel.
    private long bytes(String name, boolean perChannel) throws IOException {
        var tensors = ModelFile.read(run("whole", name + "-seed1/model.safetensors"))
                .weights()
                .tensors()
                .values();
        int channels = tensors.stream()
                .filter(tensor -> tensor.dims().size() == 1)
                .mapToInt(Tensor::size)
                .sum();
        long bytes =
                tensors.stream().mapToLong(tensor -> tensor.bytes().byteSize()).sum();
        return bytes + 4L * (perChannel ? channels : 28);
    }

    @Test
    void integersAreMadeOfFloatsThatAreThere() throws IOException {
        var plan = plan("out", TRAINING, 1);
        try (var files = Files.walk(folder.resolve("whole"))) {
            for (var file : (Iterable<Path>) files::iterator) {
                Files.copy(
                        file,
                        folder.resolve("out").resolve(folder.resolve("whole").relativize(file)));
            }
        }
        assertThat(ExperimentTable.of(plan).conclusions())
                .extracting(Conclusion::verdict)
                .containsExactly(Verdict.OPEN, Verdict.OPEN, Verdict.OPEN);
        assertThat(plan.planned()).allSatisfy(run -> assertThat(run.done()).isTrue());
        assertThat(Files.readString(run("out", "-int8-per-tensor-seed1/result.json")))
                .contains("\"epochs\" : 0")
                .doesNotContain("loss")
                .contains("ranges min-max of 256 photos\"");

        // Another way to train for integers has other results.
        assertThatThrownBy(() -> plan("out", TRAINING.withEpochs(3), 1).planned())
                .hasMessageContaining("int8-per-tensor-trained-seed1")
                .hasMessageContaining("another network, teacher, rounding or seed");

        Files.delete(run("out", "-int8-per-channel-seed1/result.json"));
        Files.copy(
                run("out", "-int8-per-channel-seed1/model.safetensors"),
                run("out", "-seed1/model.safetensors"),
                StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(() -> new ExperimentRun(plan).run(NOBODY)).hasMessageContaining("is of another network");
        Files.delete(run("out", "-seed1/model.safetensors"));
        assertThatThrownBy(() -> new ExperimentRun(plan).run(NOBODY))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("mobilenet-v1-0.2-32-seed1/model.safetensors: is needed to make integers of");
        assertThat(run("out", "-int8-per-channel-seed1/result.json")).doesNotExist();
    }

    @Test
    void floatsAreThoseOfTable6AndTimesFollowTheirs() throws IOException {
        var arms = new QuantizationExperiment().arms(SCALE);
        assertThat(arms.stream().map(Arm::key))
                .containsExactly(
                        "mobilenet-v1-0.5-64",
                        "mobilenet-v1-0.5-64-int8-per-tensor",
                        "mobilenet-v1-0.5-64-int8-per-channel",
                        "mobilenet-v1-0.5-64-int8-per-tensor-trained",
                        "mobilenet-v1-0.5-64-int8-per-channel-trained");
        assertThat(arms.getFirst().key())
                .isEqualTo(PaperExperiment.TABLE6.arms(SCALE).get(2).key());

        var planned = plan("none", TRAINING, 1).planned();
        assertThat(planned.stream().map(PlannedRun::epochs)).containsExactly(2, 0, 0, 2, 2);
        double floats = planned.getFirst().seconds();
        // 12 photos choose scales and 12 are measured on, each for a third of one of the 24 that are learned.
        assertThat(planned.get(1).seconds()).isCloseTo(floats / 3, withinPercentage(0.1));
        assertThat(planned.get(3).seconds()).isCloseTo(floats * 4 / 3, withinPercentage(0.1));
        assertThat(folder.resolve("none")).doesNotExist();
    }

    /// Made of `means`, the same for all seeds but for what the floats have.
    private static List<Verdict> verdicts(double... means) {
        var outcomes = new ArrayList<Outcome>();
        var arms = new QuantizationExperiment().arms(SCALE);
        for (int i = 0; i < arms.size(); i++) {
            // Seeds differ by points, and what rounding costs by tenths.
            double tenth = 0.1 * i;
            outcomes.add(Outcome.of(arms.get(i), List.of(means[i] - 3 + tenth, means[i], means[i] + 3 - tenth)));
        }
        return new QuantizationExperiment()
                .conclusions(outcomes).stream().map(Conclusion::verdict).toList();
    }

    @Test
    void conclusionsAreOfTheDifferencesSeedBySeed() {
        assertThat(verdicts(50, 44, 49.5, 49, 49.6)).containsOnly(Verdict.HOLDS);
        assertThat(verdicts(50, 49.5, 48.9, 49.6, 49))
                .containsExactly(Verdict.CONTRARY, Verdict.NOT_SHOWN, Verdict.NOT_SHOWN);
        assertThat(verdicts(50, 44, 44.1, 43, 44))
                .containsExactly(Verdict.NOT_SHOWN, Verdict.CONTRARY, Verdict.CONTRARY);
        var one = List.of(Outcome.of(new QuantizationExperiment().arms(SCALE).getFirst(), List.of(50.0)));
        assertThat(QuantizationLine.of(one).getFirst().difference()).isEmpty();
        assertThat(WeightScheme.PER_TENSOR).hasToString("per-tensor"); // part of folders' names
    }

    @Test
    void aLineOfTheCsv() {
        var arms = new QuantizationExperiment().arms(SCALE);
        var csv = new QuantizationExperiment()
                .csv(
                        SCALE,
                        List.of(
                                Outcome.of(arms.getFirst(), List.of(50.0, 52.0, 54.0)),
                                Outcome.of(arms.get(1), List.of(45.0, 47.0)).withWeightBytes(1000)));
        assertThat(csv.lines().skip(1))
                .containsExactly(
                        "floats,no,3359184,3,52.000,2.000,50.000,52.000,54.000,,",
                        "per-tensor,no,1000,2,46.000,1.414,45.000,47.000,,-5.000,0.000");
    }
}
