package org.mobilenet4j.app.cli.options;

import java.io.PrintWriter;
import java.nio.file.Path;
import org.mobilenet4j.app.cli.text.PlainText;
import org.mobilenet4j.model.Weights;

/// Warns in one line that a model contains NaN or infinity, which makes its results meaningless.
///
/// @param file where the weights come from
/// @param weights of the model
public record WeightsWarning(Path file, Weights weights) {
    public void print(PrintWriter err) {
        var found = weights.nonFinite();
        if (!found.isEmpty()) {
            var others = found.size() == 1 ? "" : ", and so do " + (found.size() - 1) + " more tensors";
            err.println("mobilenet: warning: "
                    + PlainText.of(file + ": " + found.getFirst() + others + "; results are meaningless, get the"
                            + " model again"));
            err.flush();
        }
    }
}
