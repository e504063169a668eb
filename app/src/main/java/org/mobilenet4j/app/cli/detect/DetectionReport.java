package org.mobilenet4j.app.cli.detect;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.app.cli.options.FormatOption;
import org.mobilenet4j.app.cli.text.JsonText;
import org.mobilenet4j.app.cli.text.PlainText;
import org.mobilenet4j.detect.Detection;
import org.mobilenet4j.image.Image;
import picocli.CommandLine;

/// Prints and draws what is found, photo by photo, and how fast that was.
final class DetectionReport {
    private final CommandLine command;
    private final DrawOption drawing;
    private final FormatOption format;
    private final long start = System.nanoTime();

    /// For JSON, which is one document.
    private final List<DetectedImage> all = new ArrayList<>();

    private int photos;
    private boolean isWhole = true;

    /// @param photo and what is in it; null if it could not be read
    record Result(DetectedImage image, @Nullable Image photo, List<Detection> detections) {}

    DetectionReport(CommandLine command, DrawOption drawing, FormatOption format) {
        this.command = command;
        this.drawing = drawing;
        this.format = format;
    }

    void add(Result result) throws IOException {
        var image = result.image();
        photos++;
        if (format.isJson()) {
            all.add(image);
        }
        if (result.photo() == null) {
            isWhole = false;
            command.getErr().println("mobilenet: " + PlainText.of(String.valueOf(image.error())));
            return;
        }
        drawing.draw(Path.of(image.file()), result.photo(), result.detections());
        if (!format.isJson()) {
            command.getOut().print(DetectionText.of(image));
            command.getOut().flush();
        }
    }

    /// Prints the rest: JSON, and of several photos how many a second.
    ///
    /// @return whether all could be read
    boolean finish() {
        double seconds = (System.nanoTime() - start) / 1e9;
        if (format.isJson()) {
            command.getOut().print(JsonText.of(all));
        }
        if (photos > 1) {
            // JSON is alone on standard output.
            var out = format.isJson() ? command.getErr() : command.getOut();
            out.printf(Locale.ROOT, "%d photos, %.1f a second%n", photos, photos / seconds);
            out.flush();
        }
        return isWhole;
    }
}
