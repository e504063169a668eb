package org.mobilenet4j.app.experiment.table;

import java.util.Locale;
import org.mobilenet4j.app.experiment.conclusion.Contrast;
import org.mobilenet4j.app.experiment.conclusion.Outcome;

/// Techniques as CSV, a line each: costs and accuracy before and after. Accuracies are percents, the
/// spread is the sample standard deviation over the seeds, the error the difference's standard error.
public final class TechniqueCsv {
    private final StringBuilder csv = new StringBuilder("technique,before,after,mult_adds_before,mult_adds_after,"
            + "parameters_before,parameters_after,seeds,top1_before,sd_before,top1_after,sd_after,difference,error\n");

    public void row(String technique, Outcome before, Outcome after) {
        var difference = Contrast.difference(after.spread(), before.spread());
        csv.append(String.format(
                Locale.ROOT,
                "%s,%s,%s,%d,%d,%d,%d,%d",
                technique,
                before.arm().network().name(),
                after.arm().network().name(),
                before.multAdds(),
                after.multAdds(),
                before.parameters(),
                after.parameters(),
                Math.min(before.spread().count(), after.spread().count())));
        number(before.spread().mean());
        number(before.spread().deviation());
        number(after.spread().mean());
        number(after.spread().deviation());
        number(difference.value());
        number(difference.error());
        csv.append('\n');
    }

    /// Empty where one seed alone has no spread.
    private void number(double value) {
        csv.append(',').append(Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.3f", value));
    }

    @Override
    public String toString() {
        return csv.toString();
    }
}
