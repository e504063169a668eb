package org.mobilenet4j.app.cli.options;

import java.io.PrintWriter;
import org.mobilenet4j.app.cli.text.PlainText;
import org.mobilenet4j.model.Model;

/// Says in a line each what had to be assumed of a model whose file does not say it, and how to say it instead.
///
/// @param model as it is used
public record AssumptionNotes(Model model) {
    public void print(PrintWriter err) {
        model.assumptions().forEach((key, text) -> err.println(PlainText.of("mobilenet: note: " + line(key, text))));
        err.flush();
    }

    private String line(String key, String text) {
        return switch (key) {
            case "preprocessing" ->
                "photos go in with " + PhotoOptions.describe(model.preprocessing()) + " (" + text
                        + "); --mean, --std, --channels, --crop and --resize say it otherwise";
            case "outputs" -> key + ": " + text + "; --outputs says it otherwise";
            default -> key + ": " + text;
        };
    }
}
