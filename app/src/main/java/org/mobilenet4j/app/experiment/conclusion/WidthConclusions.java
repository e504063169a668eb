package org.mobilenet4j.app.experiment.conclusion;

import java.util.List;
import java.util.Locale;
import org.mobilenet4j.app.experiment.conclusion.Conclusion.Verdict;

/// Table 6: the width multiplier at 1, 0.75, 0.5 and 0.25, steps of equal size. The paper loses 2.2,
/// 4.7 and 13.1 points.
public final class WidthConclusions {
    private WidthConclusions() {}

    public static List<Conclusion> of(List<Outcome> outcomes) {
        var descent = new Descent(outcomes);
        return List.of(falls(descent), tooSmall(descent), cost(outcomes));
    }

    private static Conclusion falls(Descent descent) {
        return new Conclusion(
                "Accuracy falls off with every step that the network becomes narrower.",
                descent.everyStepLoses(),
                "Points lost from each alpha to the next (standard error): " + descent.text()
                        + "; the paper: 2.2, 4.7, 13.1.",
                "Every loss's 95 % confidence interval lies above 0; the contrary: one lies below 0.");
    }

    /// The last step against the one before.
    private static Conclusion tooSmall(Descent descent) {
        int last = descent.steps() - 1;
        var outcomes = descent.outcomes();
        var more = Contrast.NONE
                .plus(-1, outcomes.get(last - 1).spread())
                .plus(2, outcomes.get(last).spread())
                .plus(-1, outcomes.get(last + 1).spread());
        return new Conclusion(
                "It falls off smoothly until alpha 0.25, which is too small.",
                more.gains(),
                "The last step loses " + more.text() + " more than the one before (the paper: +8.4).",
                "The 95 % confidence interval of what the last step loses more than the one before lies above 0; the"
                        + " contrary: below 0.");
    }

    private static Conclusion cost(List<Outcome> outcomes) {
        double work = Exponent.of(outcomes, outcome -> outcome.arm().alpha(), Outcome::multAdds);
        double parameters = Exponent.of(outcomes, outcome -> outcome.arm().alpha(), Outcome::parameters);
        return new Conclusion(
                "Mult-adds and parameters both follow alpha, about with its square.",
                Verdict.of(Exponent.isSquare(work) && Exponent.isSquare(parameters)),
                String.format(
                        Locale.ROOT,
                        "Counted, not measured: mult-adds follow alpha^%.2f, parameters alpha^%.2f (with the last layer).",
                        work,
                        parameters),
                Exponent.RULE);
    }
}
