package org.mobilenet4j.app.experiment.conclusion;

import java.util.Locale;
import org.mobilenet4j.app.experiment.conclusion.Conclusion.Verdict;

/// Table 4: what is lost by separating convolutions. The paper loses 1.1 points.
public final class SeparableConclusion {
    /// Points of loss that still count as "about as good": about twice the paper's.
    private static final int MARGIN = 2;

    private SeparableConclusion() {}

    public static Conclusion of(Outcome full, Outcome separable) {
        var loss = Contrast.difference(full.spread(), separable.spread());
        return new Conclusion(
                "Depthwise separable convolutions are about as good as full ones, at about a ninth of the work.",
                verdict(loss),
                String.format(
                        Locale.ROOT,
                        "%s loses %s against %s (the paper: 1.1), with 1/%.1f of its mult-adds and 1/%.1f of its"
                                + " parameters (the paper: 1/8.6 and 1/7.0).",
                        separable.arm().label(),
                        loss.text().replaceFirst("^\\+", ""),
                        full.arm().label(),
                        (double) full.multAdds() / separable.multAdds(),
                        (double) full.parameters() / separable.parameters()),
                "The loss's 95 % confidence interval lies below " + MARGIN + " points; the contrary: above.");
    }

    private static Verdict verdict(Contrast loss) {
        if (!loss.isKnown()) {
            return Verdict.OPEN;
        }
        return loss.isBelow(MARGIN) ? Verdict.HOLDS : loss.isAbove(MARGIN) ? Verdict.CONTRARY : Verdict.NOT_SHOWN;
    }
}
