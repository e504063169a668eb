package org.mobilenet4j.app.experiment.conclusion;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mobilenet4j.app.experiment.conclusion.Conclusion.Verdict;
import org.mobilenet4j.app.experiment.run.Arm;

/// Figure 4: accuracy over the logarithm of the mult-adds.
public final class LogLinearConclusion {
    private static final int FEWEST = 4;
    private static final double ENOUGH = 0.9;

    private LogLinearConclusion() {}

    /// Of all MobileNets that were run, whichever table asked for them; none where they are too few for
    /// a line.
    public static Optional<Conclusion> of(List<Outcome> outcomes) {
        if (outcomes.size() < FEWEST) {
            return Optional.empty();
        }
        var line = Line.throughDoublings(
                outcomes.stream().mapToDouble(Outcome::multAdds).toArray(),
                outcomes.stream()
                        .mapToDouble(outcome -> outcome.spread().mean())
                        .toArray());
        return Optional.of(new Conclusion(
                "Accuracy is about linear in the logarithm of the mult-adds.",
                Verdict.of(line.slope() > 0 && line.determination() >= ENOUGH),
                String.format(
                        Locale.ROOT,
                        "%d networks: %+.2f points for each doubling of the mult-adds, R^2 = %.3f%s.",
                        outcomes.size(),
                        line.slope(),
                        line.determination(),
                        inPaper(outcomes)),
                "R^2 of a straight line through the means is at least " + ENOUGH + "."));
    }

    private static String inPaper(List<Outcome> outcomes) {
        var published = new ArrayList<Arm.Published>();
        outcomes.forEach(outcome -> outcome.arm().published().ifPresent(published::add));
        if (published.size() < FEWEST) {
            return "";
        }
        var line = Line.throughDoublings(
                published.stream().mapToDouble(Arm.Published::multAdds).toArray(),
                published.stream().mapToDouble(Arm.Published::top1).toArray());
        return String.format(
                Locale.ROOT,
                " (the paper's figures of %d of them: %+.2f, R^2 = %.3f)",
                published.size(),
                line.slope(),
                line.determination());
    }
}
