package org.mobilenet4j.app.cli.detect;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.mobilenet4j.app.cli.text.PlainText;

/// Formats what was found in a photo for a terminal.
final class DetectionText {
    private DetectionText() {}

    static String of(DetectedImage image) {
        var text = new StringBuilder(String.format(
                Locale.ROOT,
                "%s (%.1f ms)%n",
                PlainText.of(image.file()),
                Objects.requireNonNullElse(image.millis(), 0.0)));
        var found = Objects.requireNonNullElse(image.detections(), List.<DetectedImage.Found>of());
        if (found.isEmpty()) {
            text.append(String.format("  nothing%n"));
        }
        int width = found.stream().mapToInt(each -> each.label().length()).max().orElse(1);
        for (var each : found) {
            var box = each.box();
            text.append(String.format(
                    Locale.ROOT,
                    "  %5.1f %%  %-" + width + "s  y %.0f to %.0f, x %.0f to %.0f%n",
                    each.score() * 100,
                    PlainText.of(each.label()),
                    box.get(0),
                    box.get(2),
                    box.get(1),
                    box.get(3)));
        }
        return text.toString();
    }
}
