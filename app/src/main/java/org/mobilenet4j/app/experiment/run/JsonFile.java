package org.mobilenet4j.app.experiment.run;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import org.mobilenet4j.model.file.AtomicFile;
import org.mobilenet4j.text.OneLine;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Small JSON files that are there whole or not at all.
final class JsonFile {
    private JsonFile() {}

    static void write(Path file, Object value) throws IOException {
        var bytes = JsonMapper.shared()
                .writer()
                .with(SerializationFeature.INDENT_OUTPUT)
                .writeValueAsBytes(value);
        AtomicFile.write(file, channel -> Channels.newOutputStream(channel).write(bytes));
    }

    /// @throws IOException when it is not there, or something else
    static <T> T read(Path file, Class<T> type) throws IOException {
        try {
            return JsonMapper.shared().readValue(Files.readAllBytes(file), type);
        } catch (JacksonException e) {
            throw new IOException(
                    file + ": is damaged (" + OneLine.of(e.getOriginalMessage())
                            + "); remove it, or take another --out",
                    e);
        }
    }
}
