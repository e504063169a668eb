package org.mobilenet4j.app.experiment.conclusion;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mobilenet4j.app.experiment.conclusion.Conclusion.Verdict;

/// Networks from the largest to the smallest, and what each step down costs in accuracy.
///
/// @param outcomes at least three
record Descent(List<Outcome> outcomes) {
    /// What step `number`, counted from 0, loses.
    Contrast step(int number) {
        return Contrast.difference(
                outcomes.get(number).spread(), outcomes.get(number + 1).spread());
    }

    int steps() {
        return outcomes.size() - 1;
    }

    /// What all steps lose together.
    Contrast whole() {
        return Contrast.difference(
                outcomes.getFirst().spread(), outcomes.getLast().spread());
    }

    /// Whether every step loses: [Verdict#CONTRARY] when one gains, [Verdict#NOT_SHOWN] when one loses
    /// no more than chance would.
    Verdict everyStepLoses() {
        boolean isEverywhere = true;
        for (int i = 0; i < steps(); i++) {
            if (!step(i).isKnown()) {
                return Verdict.OPEN;
            }
            if (step(i).isBelow(0)) {
                return Verdict.CONTRARY;
            }
            isEverywhere &= step(i).isAbove(0);
        }
        return Verdict.of(isEverywhere);
    }

    /// By how much step `number` loses more than half of the whole.
    Contrast overHalf(int number) {
        var sum = Contrast.NONE;
        for (int i = 0; i < outcomes.size(); i++) {
            double ends = i == 0 ? 0.5 : i == steps() ? -0.5 : 0;
            double here = i == number ? 1 : i == number + 1 ? -1 : 0;
            if (here != ends) {
                sum = sum.plus(here - ends, outcomes.get(i).spread());
            }
        }
        return sum;
    }

    /// Each step's loss with its standard error.
    String text() {
        var parts = new ArrayList<String>();
        for (int i = 0; i < steps(); i++) {
            parts.add(String.format(Locale.ROOT, "%.2f (%.2f)", step(i).value(), step(i).error()));
        }
        return String.join(", ", parts);
    }
}
