package org.mobilenet4j.app.cli.explain;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.app.output.Picture;
import org.mobilenet4j.app.output.PictureFiles;
import org.mobilenet4j.explain.ActivationMap;
import org.mobilenet4j.explain.Overlay;
import org.mobilenet4j.image.Image;
import picocli.CommandLine.Option;

/// `--overlay`: photos with the map over them, as files.
final class OverlayOption {
    private @Nullable PictureFiles pictures;

    @Option(
            names = "--overlay",
            paramLabel = "OUT",
            description = "Draw the map over the photo: a PNG file for one photo, a folder for several.")
    void setOut(Path out) {
        pictures = new PictureFiles(out, "--overlay");
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
    /// @return the picture's file; null if none was asked for
    /// @throws IOException if the picture cannot be written
    @Nullable
    Path draw(Path file, Image photo, ActivationMap map) throws IOException {
        if (pictures == null) {
            return null;
        }
        var target = pictures.of(file);
        Picture.write(target, () -> Overlay.draw(photo, map));
        return target;
    }
}
