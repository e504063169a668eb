package org.mobilenet4j.app.output;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.mobilenet4j.error.BadValueException;

/// Where pictures of photos go: a PNG file for one photo, a folder for several.
public final class PictureFiles {
    private final Path out;
    private final String option;
    private final Set<String> names = new HashSet<>();

    /// @param out as given on the command line
    /// @param option that it was given with, for messages
    public PictureFiles(Path out, String option) {
        this.out = out;
        this.option = option;
    }

    /// Makes the folder if there are several photos.
    ///
    /// @throws IOException if it cannot be made
    public void prepare(int photos) throws IOException {
        boolean isFile = out.toString().toLowerCase(Locale.ROOT).endsWith(".png");
        if (photos > 1 && isFile) {
            throw new BadValueException(out + " is one picture for " + photos + " photos; give " + option
                    + " a folder, a name without .png");
        }
        if (photos == 1 && !isFile && !Files.isDirectory(out)) {
            throw new BadValueException(out + ": pictures are PNG files; use a name that ends in .png");
        }
        if (!isFile) {
            Files.createDirectories(out);
        }
    }

    /// The file for the picture of the photo in `file`, of another name for each photo.
    public Path of(Path file) {
        return Files.isDirectory(out) ? out.resolve(name(file)) : out;
    }

    private String name(Path file) {
        var last = String.valueOf(file.getFileName()).replaceFirst("\\.[^.]*$", "");
        var name = last;
        for (int i = 2; !names.add(name); i++) {
            name = last + "-" + i;
        }
        return name + ".png";
    }
}
