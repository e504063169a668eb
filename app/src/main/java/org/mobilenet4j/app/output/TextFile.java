package org.mobilenet4j.app.output;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.mobilenet4j.model.file.AtomicFile;

/// Writes text files, completely or not at all.
public final class TextFile {
    private TextFile() {}

    /// Writes `text` in UTF-8.
    ///
    /// @throws IOException with one line that names the file
    public static void write(Path file, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(file, channel -> Channels.newOutputStream(channel).write(bytes));
    }
}
