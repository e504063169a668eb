package org.mobilenet4j.formats.file;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.mobilenet4j.error.BadFileException;

/// Maps model files into memory.
public final class MappedFile {
    private MappedFile() {}

    /// The bytes of `file`. They stay mapped as long as something refers to them, so a model need not be closed.
    ///
    /// @param wanted what to give instead of a directory, for the message
    /// @throws BadFileException if it is not a file
    /// @throws IOException if it cannot be opened
    public static MemorySegment of(Path file, String wanted) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString(), null, "there is no such file");
        }
        if (!Files.isRegularFile(file)) {
            throw new BadFileException(file, "is not a file; give " + wanted);
        }
        try (var channel = FileChannel.open(file)) {
            return channel.map(MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
        }
    }

    /// The file's name without its extension.
    public static String nameOf(Path file) {
        var name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
