package org.mobilenet4j.app.cli.options;

import java.io.PrintWriter;
import java.nio.file.Path;
import org.mobilenet4j.app.cli.text.PlainText;
import org.mobilenet4j.model.Weights;

/// Says, in one line, that a model holds NaN or infinity, with which whatever it computes is worthless.
///
/// @param file where the weights come from
/// @param weights all of the model's
public record WeightsWarning(Path file, Weights weights) {
    public void print(PrintWriter err) {
        var found = weights.nonFinite();
        if (!found.isEmpty()) {
            var others = found.size() == 1 ? "" : ", and so do " + (found.size() - 1) + " more tensors";
            err.println("mobilenet: warning: "
                    + PlainText.of(file + ": " + found.getFirst() + others + "; results are worthless, get it again"));
            err.flush();
        }
    }
}
