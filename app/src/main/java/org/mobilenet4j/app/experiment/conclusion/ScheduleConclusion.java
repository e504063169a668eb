package org.mobilenet4j.app.experiment.conclusion;

import java.util.List;
import java.util.Locale;

/// When a network halves its maps: early saves work and loses what the large maps had to say, late keeps it
/// and does more work.
public final class ScheduleConclusion {
    private ScheduleConclusion() {}

    public static Conclusion of(Outcome late, Outcome usual, Outcome early) {
        var descent = new Descent(List.of(late, usual, early));
        return new Conclusion(
                "The earlier a network halves its maps, the less work it does and the less accurate it is.",
                descent.everyStepLoses(),
                String.format(
                        Locale.ROOT,
                        "Points lost from later to as published to early (standard error): %s, with %.2f, 1 and %.2f times"
                                + " the mult-adds.",
                        descent.text(),
                        (double) late.multAdds() / usual.multAdds(),
                        (double) early.multAdds() / usual.multAdds()),
                "Every loss's 95 % confidence interval lies above 0; the contrary: one lies below 0.");
    }
}
