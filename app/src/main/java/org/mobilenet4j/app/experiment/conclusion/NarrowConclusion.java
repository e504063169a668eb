package org.mobilenet4j.app.experiment.conclusion;

import java.util.Locale;

/// Table 5: a thin network against one with fewer layers. The paper's thin one is 3.1 points better.
public final class NarrowConclusion {
    private NarrowConclusion() {}

    public static Conclusion of(Outcome narrow, Outcome shallow) {
        var gain = Contrast.difference(narrow.spread(), shallow.spread());
        return new Conclusion(
                "At about equal work, a narrower network is better than a shallower one.",
                gain.gains(),
                String.format(
                        Locale.ROOT,
                        "%s against %s: %s (the paper: +3.1), with %.2f times its mult-adds (the paper: 1.06).",
                        narrow.arm().label(),
                        shallow.arm().label(),
                        gain.text(),
                        (double) narrow.multAdds() / shallow.multAdds()),
                "The gain's 95 % confidence interval lies above 0; the contrary: below 0.");
    }
}
