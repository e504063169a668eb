package org.mobilenet4j.app.output;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.function.Supplier;
import javax.imageio.ImageIO;
import org.mobilenet4j.model.file.AtomicFile;

/// Drawings as PNG files.
public final class Picture {
    private Picture() {}

    /// Draws, then writes.
    ///
    /// @throws IOException with one line that names the file, also where the system has no font to draw with
    public static void write(Path file, Supplier<BufferedImage> drawing) throws IOException {
        BufferedImage picture;
        try {
            picture = drawing.get();
        } catch (InternalError | NoClassDefFoundError e) { // how the JDK says that the system has no fonts
            throw new IOException(file + ": drawing needs a font; install fontconfig and one", e);
        }
        AtomicFile.write(file, channel -> ImageIO.write(picture, "png", Channels.newOutputStream(channel)));
    }
}
