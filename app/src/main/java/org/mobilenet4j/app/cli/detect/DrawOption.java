package org.mobilenet4j.app.cli.detect;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.app.output.PictureFiles;
import org.mobilenet4j.detect.Detection;
import org.mobilenet4j.image.Image;
import picocli.CommandLine.Option;

/// `--draw`: photos with boxes, as files.
final class DrawOption {
    private @Nullable PictureFiles pictures;

    @Option(
            names = "--draw",
            paramLabel = "OUT",
            description = "Draw the boxes: a PNG file for one photo, a folder for several.")
    void setOut(Path out) {
        pictures = new PictureFiles(out, "--draw");
    }

    /// Makes the folder if there are several photos.
    ///
    /// @throws IOException if it cannot be made
    void prepare(int photos) throws IOException {
        if (pictures != null) {
            pictures.prepare(photos);
        }
    }

    /// Draws, if asked to.
    ///
    /// @throws IOException if the picture cannot be written
    void draw(Path file, Image photo, List<Detection> detections) throws IOException {
        if (pictures != null) {
            DetectionPicture.write(photo, detections, pictures.of(file));
        }
    }
}
