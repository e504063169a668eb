package org.mobilenet4j.app.experiment.conclusion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.app.experiment.Experiment;
import org.mobilenet4j.app.experiment.PaperExperiment;
import org.mobilenet4j.app.experiment.conclusion.Conclusion.Verdict;
import org.mobilenet4j.app.experiment.run.Scale;

/// Sentences made of figures that are made up, some as the paper's and some not.
class ConclusionsTest {
    private static final Scale PAPER = new Scale(224, 1000);

    /// Each network right on `means` percent, give or take 0.1: a standard error of 0.058.
    private static List<Conclusion> conclusions(Experiment experiment, Scale scale, double... means) {
        var outcomes = new ArrayList<Outcome>();
        var arms = experiment.arms(scale);
        for (int i = 0; i < means.length; i++) {
            outcomes.add(Outcome.of(arms.get(i), List.of(means[i] - 0.1, means[i], means[i] + 0.1)));
        }
        return experiment.conclusions(outcomes);
    }

    private static List<Verdict> verdicts(Experiment experiment, double... means) {
        return conclusions(experiment, PAPER, means).stream()
                .map(Conclusion::verdict)
                .toList();
    }

    @Test
    void allHoldOfThePapersOwnFigures() {
        assertThat(verdicts(PaperExperiment.TABLE4, 71.7, 70.6)).containsOnly(Verdict.HOLDS);
        assertThat(verdicts(PaperExperiment.TABLE5, 68.4, 65.3)).containsOnly(Verdict.HOLDS);
        assertThat(verdicts(PaperExperiment.TABLE6, 70.6, 68.4, 63.7, 50.6)).containsOnly(Verdict.HOLDS);
        assertThat(verdicts(PaperExperiment.TABLE7, 70.6, 69.1, 67.2, 64.4)).containsOnly(Verdict.HOLDS);
    }

    @Test
    void separableAgainstFull() {
        var held = conclusions(PaperExperiment.TABLE4, PAPER, 71.7, 70.6).getFirst();
        assertThat(held.evidence())
                .isEqualTo("MobileNet loses 1.10 points (standard error 0.08) against Conv MobileNet (the paper: 1.1),"
                        + " with 1/8.6 of its mult-adds and 1/7.0 of its parameters (the paper: 1/8.6 and 1/7.0).");
        assertThat(verdicts(PaperExperiment.TABLE4, 60, 63)).containsExactly(Verdict.HOLDS);
        assertThat(verdicts(PaperExperiment.TABLE4, 60, 58)).containsExactly(Verdict.NOT_SHOWN);
        assertThat(verdicts(PaperExperiment.TABLE4, 60, 55)).containsExactly(Verdict.CONTRARY);
    }

    @Test
    void narrowAgainstShallow() {
        assertThat(conclusions(PaperExperiment.TABLE5, PAPER, 40, 38.5)
                        .getFirst()
                        .evidence())
                .contains("+1.50 points (standard error 0.08)")
                .contains("1.06 times its mult-adds");
        assertThat(verdicts(PaperExperiment.TABLE5, 40, 39.9)).containsExactly(Verdict.NOT_SHOWN);
        assertThat(verdicts(PaperExperiment.TABLE5, 40, 42)).containsExactly(Verdict.CONTRARY);
    }

    @Test
    void widths() {
        assertThat(conclusions(PaperExperiment.TABLE6, PAPER, 70.6, 68.4, 63.7, 50.6))
                .extracting(Conclusion::evidence)
                .satisfiesExactly(
                        falls -> assertThat(falls).contains("2.20 (0.08), 4.70 (0.08), 13.10 (0.08)"),
                        // Errors 1, 2 and 1 times 0.0577: 0.1414.
                        small -> assertThat(small).contains("+8.40 points (standard error 0.14)"),
                        cost -> assertThat(cost).contains("alpha^1.89, parameters alpha^1.59"));
        assertThat(verdicts(PaperExperiment.TABLE6, 40, 40.1, 39, 35))
                .containsExactly(Verdict.NOT_SHOWN, Verdict.HOLDS, Verdict.HOLDS);
        assertThat(verdicts(PaperExperiment.TABLE6, 40, 42, 39, 38))
                .containsExactly(Verdict.CONTRARY, Verdict.CONTRARY, Verdict.HOLDS);
        assertThat(verdicts(PaperExperiment.TABLE6, 40, 38, 36, 34))
                .containsExactly(Verdict.HOLDS, Verdict.NOT_SHOWN, Verdict.HOLDS);
    }

    @Test
    void resolutions() {
        assertThat(verdicts(PaperExperiment.TABLE7, 40, 39.9, 38, 36))
                .containsExactly(Verdict.NOT_SHOWN, Verdict.HOLDS);
        assertThat(verdicts(PaperExperiment.TABLE7, 40, 39, 38, 30)).containsExactly(Verdict.NOT_SHOWN, Verdict.HOLDS);
        assertThat(verdicts(PaperExperiment.TABLE7, 40, 41, 38, 36)).containsExactly(Verdict.CONTRARY, Verdict.HOLDS);
        assertThat(conclusions(PaperExperiment.TABLE7, PAPER, 40, 39, 38, 30)
                        .getFirst()
                        .evidence())
                .contains("in all +10.00 points");
    }

    @Test
    void smallMapsAreRoundedUpAndSaveLess() {
        var cost = conclusions(PaperExperiment.TABLE7, new Scale(64, 40), 40, 39, 38, 37)
                .getLast();
        assertThat(cost.evidence()).contains("parameters are the same").contains("power 1.");
        assertThat(cost.verdict()).isEqualTo(Verdict.NOT_SHOWN);
    }

    @Test
    void oneSeedSaysNothing() {
        var outcomes = PaperExperiment.TABLE6.arms(PAPER).stream()
                .map(arm ->
                        Outcome.of(arm, List.of(arm.published().orElseThrow().top1())))
                .toList();
        assertThat(PaperExperiment.TABLE6.conclusions(outcomes))
                .extracting(Conclusion::verdict)
                .containsExactly(Verdict.OPEN, Verdict.OPEN, Verdict.HOLDS);
    }

    @Test
    void logLinear() {
        var arms = new ArrayList<>(PaperExperiment.TABLE6.arms(PAPER));
        var outcomes = new ArrayList<Outcome>();
        for (var arm : arms) {
            double doublings = Math.log((double) Outcome.of(arm, List.of(1.0)).multAdds()) / Math.log(2);
            outcomes.add(Outcome.of(arm, List.of(4 * doublings - 50)));
        }
        var held = LogLinearConclusion.of(outcomes).orElseThrow();
        assertThat(held.verdict()).isEqualTo(Verdict.HOLDS);
        assertThat(held.evidence())
                .startsWith("4 networks: +4.00 points for each doubling of the mult-adds, R^2 = 1.000")
                .contains("the paper's figures of 4 of them: +5.");
        assertThat(LogLinearConclusion.of(outcomes.subList(0, 3))).isEmpty();
        outcomes.set(3, Outcome.of(arms.get(3), List.of(99.0)));
        assertThat(LogLinearConclusion.of(outcomes).orElseThrow().verdict()).isEqualTo(Verdict.NOT_SHOWN);
    }
}
