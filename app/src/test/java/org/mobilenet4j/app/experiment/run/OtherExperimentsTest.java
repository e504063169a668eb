package org.mobilenet4j.app.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mobilenet4j.app.experiment.DistillationExperiment;
import org.mobilenet4j.app.experiment.PaperExperiment;
import org.mobilenet4j.app.experiment.ScaledDown;
import org.mobilenet4j.app.experiment.TechniquesExperiment;
import org.mobilenet4j.app.experiment.conclusion.Conclusion;
import org.mobilenet4j.app.experiment.conclusion.Conclusion.Verdict;
import org.mobilenet4j.app.experiment.conclusion.Outcome;
import org.mobilenet4j.arch.zoo.MobileNetV1;
import org.mobilenet4j.compress.distill.Distillation;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.train.EpochResult;

/// The experiments that are no table of the paper.
class OtherExperimentsTest {
    private static final Scale SCALE = new Scale(64, 2);

    @TempDir
    private Path folder;

    private static Teaching teaching(long seed) {
        var network = MobileNetV1.of(0.25, 32, 2).network();
        var model = new Model(network, Weights.random(network, seed), List.of("ant", "bee"), Preprocessing.TF_SLIM);
        return new Teaching("somebody", model, Distillation.SCORES);
    }

    private static Outcome outcome(Arm arm, double mean) {
        return Outcome.of(arm, List.of(mean - 0.1, mean, mean + 0.1));
    }

    @Test
    void everyTechniqueHasALineOfBeforeAndAfter() {
        var experiment = new TechniquesExperiment();
        var arms = experiment.arms(SCALE);
        assertThat(arms.stream().map(Arm::key)).doesNotHaveDuplicates();
        assertThat(arms.stream().map(Arm::label))
                .contains("0.5 MobileNet, shuffle=4", "0.25 Conv MobileNet", "AlexNet, global-pool");
        var outcomes = new ArrayList<Outcome>();
        arms.forEach(arm -> outcomes.add(outcome(arm, arm.label().equals("0.5 MobileNet, width=0.5") ? 36 : 40)));
        var lines = experiment.csv(SCALE, outcomes).lines().toList();
        assertThat(lines).hasSize(13);
        assertThat(lines.get(1))
                .startsWith(
                        "width=0.5,mobilenet-v1-0.5-64,mobilenet-v1-0.5-64-width-0.5,12163072,3329024,808672,208112,3,")
                .endsWith(",3,40.000,0.100,36.000,0.100,-4.000,0.082");
        assertThat(experiment.csv(SCALE, outcomes.subList(0, 1))).hasLineCount(1);
    }

    @Test
    void whatSchedulesAndShallowNetworksShow() {
        var experiment = new TechniquesExperiment();
        var outcomes = experiment.arms(SCALE).stream()
                .map(arm -> outcome(arm, topOf(arm.label())))
                .toList();
        assertThat(experiment.conclusions(outcomes).stream().map(Conclusion::verdict))
                .containsExactly(Verdict.HOLDS, Verdict.CONTRARY);
        assertThat(experiment.conclusions(outcomes).getFirst().evidence())
                .startsWith(
                        "Points lost from later to as published to early (standard error): 3.00 (0.08), 2.00 (0.08)")
                .endsWith("with 2.26, 1 and 0.33 times the mult-adds.");
        assertThat(experiment.conclusions(outcomes).getLast().evidence())
                .startsWith("0.5 MobileNet, narrow=shallow against 0.5 MobileNet, shallow: -1.00 points");
    }

    private static double topOf(String label) {
        return switch (label) {
            case "0.5 MobileNet, early" -> 38;
            case "0.5 MobileNet, strides=21112121211121" -> 43;
            case "0.5 MobileNet, shallow" -> 41;
            default -> 40;
        };
    }

    @Test
    void aNarrowedTableLiesBesideThePapers() {
        var narrowed = new ScaledDown(PaperExperiment.TABLE4, 0.5);
        assertThat(narrowed.id()).isEqualTo("table4-alpha-0.5");
        var arms = narrowed.arms(SCALE);
        assertThat(arms.stream().map(Arm::label)).containsExactly("0.5 Conv MobileNet", "0.5 MobileNet");
        assertThat(arms.stream().map(Arm::published)).containsOnly(Optional.empty());
        assertThat(arms.getLast().key())
                .isEqualTo(PaperExperiment.TABLE6.arms(SCALE).get(2).key());
        assertThat(new TechniquesExperiment().arms(SCALE).stream().map(Arm::key))
                .as("runs are shared with the techniques")
                .contains(arms.getLast().key())
                .contains(new ScaledDown(PaperExperiment.TABLE4, 0.25)
                        .arms(SCALE)
                        .getFirst()
                        .key());
        assertThat(narrowed.conclusions(List.of(outcome(arms.getFirst(), 40), outcome(arms.getLast(), 39)))
                        .getFirst()
                        .verdict())
                .isEqualTo(Verdict.HOLDS);
        assertThat(new ScaledDown(PaperExperiment.TABLE5, 0.5)
                        .arms(SCALE)
                        .getFirst()
                        .alpha())
                .isEqualTo(0.375);
    }

    @Test
    void whatCannotBeNarrowed() {
        assertThatThrownBy(() -> new ScaledDown(PaperExperiment.TABLE6, 0.5))
                .hasMessage("--alpha: table6 sets alpha itself; leave out --alpha");
        assertThatThrownBy(() -> new ScaledDown(PaperExperiment.TABLE4, Double.NaN))
                .hasMessageContaining("must be above 0 and at most 1");
    }

    @Test
    void aTeacherThatGainsOrDoesNot() {
        var experiment = new DistillationExperiment(teaching(1));
        var arms = experiment.arms(SCALE);
        assertThat(arms.stream().map(Arm::key)).containsExactly("mobilenet-v1-0.25-64", "mobilenet-v1-0.25-64-taught");
        assertThat(arms.getFirst().key())
                .isEqualTo(PaperExperiment.TABLE6.arms(SCALE).getLast().key());
        var gained = experiment.conclusions(List.of(outcome(arms.getFirst(), 30), outcome(arms.getLast(), 32)));
        assertThat(gained.getFirst().verdict()).isEqualTo(Verdict.HOLDS);
        assertThat(gained.getFirst().evidence())
                .isEqualTo("Taught by somebody (mobilenet-v1-0.25-32): +2.00 points (standard error 0.08).");
        var lost = experiment.conclusions(List.of(outcome(arms.getFirst(), 30), outcome(arms.getLast(), 29)));
        assertThat(lost.getFirst().verdict()).isEqualTo(Verdict.CONTRARY);
    }

    @Test
    void aResultBelongsToItsTeacher() throws Exception {
        var taught = new DistillationExperiment(teaching(1)).arms(SCALE).getLast();
        var run = RunFolder.of(folder, taught, 1);
        Files.createDirectories(run.path());
        run.finish(RunResult.of(taught, 1, new EpochResult(1, 0.1, 1, 0.5, 0.5, 0.9, 3), 3));
        assertThat(run.result()).isPresent();
        var other = new DistillationExperiment(teaching(2)).arms(SCALE).getLast();
        assertThatThrownBy(RunFolder.of(folder, other, 1)::result)
                .hasMessageContaining("another network, teacher, rounding or seed");
        var hotter = new Teaching("somebody", teaching(1).model(), Distillation.SCORES.withTemperature(8));
        var otherHow = new DistillationExperiment(hotter).arms(SCALE).getLast();
        assertThatThrownBy(RunFolder.of(folder, otherHow, 1)::result).hasMessageContaining("teacher");
    }
}
