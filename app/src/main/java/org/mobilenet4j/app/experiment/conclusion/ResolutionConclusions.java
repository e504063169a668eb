package org.mobilenet4j.app.experiment.conclusion;

import java.util.List;
import java.util.Locale;
import org.mobilenet4j.app.experiment.conclusion.Conclusion.Verdict;

/// Table 7: the resolution multiplier at 1, 6/7, 5/7 and 4/7. The paper loses 1.5, 1.9 and 2.8 points.
public final class ResolutionConclusions {
    private ResolutionConclusions() {}

    public static List<Conclusion> of(List<Outcome> outcomes) {
        var descent = new Descent(outcomes);
        return List.of(smooth(descent), cost(outcomes));
    }

    private static Conclusion smooth(Descent descent) {
        return new Conclusion(
                "Accuracy falls off smoothly with the resolution.",
                verdict(descent),
                "Points lost from each resolution to the next (standard error): " + descent.text() + ", in all "
                        + descent.whole().text() + "; the paper: 1.5, 1.9, 2.8.",
                "Every loss's 95 % confidence interval lies above 0, and none lies above half of the whole; the contrary: a"
                        + " step's lies below 0.");
    }

    private static Verdict verdict(Descent descent) {
        var falls = descent.everyStepLoses();
        if (falls != Verdict.HOLDS) {
            return falls;
        }
        for (int i = 0; i < descent.steps(); i++) {
            if (descent.overHalf(i).isAbove(0)) {
                return Verdict.NOT_SHOWN;
            }
        }
        return Verdict.HOLDS;
    }

    private static Conclusion cost(List<Outcome> outcomes) {
        double work = Exponent.of(outcomes, outcome -> outcome.arm().resolution(), Outcome::multAdds);
        boolean isConstant =
                outcomes.stream().mapToLong(Outcome::parameters).distinct().count() == 1;
        return new Conclusion(
                "Mult-adds follow the resolution, about with its square; parameters do not.",
                Verdict.of(isConstant && Exponent.isSquare(work)),
                String.format(
                        Locale.ROOT,
                        "Counted, not measured: mult-adds follow the resolution's power %.2f (maps are rounded up to whole"
                                + " pixels), parameters %s.",
                        work,
                        isConstant ? "are the same" : "differ"),
                Exponent.RULE);
    }
}
