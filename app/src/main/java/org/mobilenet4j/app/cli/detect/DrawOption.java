package org.mobilenet4j.app.cli.detect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.detect.Detection;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.image.Image;
import picocli.CommandLine.Option;

/// `--draw`: photos with boxes, as files.
final class DrawOption {
    @Option(
            names = "--draw",
            paramLabel = "OUT",
            description = "Draw the boxes: a PNG file for one photo, a folder for several.")
    private @Nullable Path out;

    private final Set<String> names = new HashSet<>();

    /// Makes the folder if there are several photos.
    ///
    /// @throws IOException if it cannot be made
    void prepare(int photos) throws IOException {
        if (out == null) {
            return;
        }
        boolean isFile = out.toString().toLowerCase(Locale.ROOT).endsWith(".png");
        if (photos > 1 && isFile) {
            throw new BadValueException(
                    out + " is one picture for " + photos + " photos; give --draw a folder, a name without .png");
        }
        if (photos == 1 && !isFile && !Files.isDirectory(out)) {
            throw new BadValueException(out + ": pictures are PNG files; use a name that ends in .png");
        }
        if (!isFile) {
            Files.createDirectories(out);
        }
    }

    /// Draws, if asked to.
    ///
    /// @throws IOException if the picture cannot be written
    void draw(Path file, Image photo, List<Detection> detections) throws IOException {
        if (out != null) {
            DetectionPicture.write(photo, detections, Files.isDirectory(out) ? out.resolve(name(file)) : out);
        }
    }

    /// A name of its own for each photo.
    private String name(Path file) {
        var last = String.valueOf(file.getFileName()).replaceFirst("\\.[^.]*$", "");
        var name = last;
        for (int i = 2; !names.add(name); i++) {
            name = last + "-" + i;
        }
        return name + ".png";
    }
}
