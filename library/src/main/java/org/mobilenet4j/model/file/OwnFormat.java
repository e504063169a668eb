package org.mobilenet4j.model.file;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.tensor.ElementType;

/// This library's own files: safetensors and packed ones.
final class OwnFormat implements ModelFormat {
    private static final String SAFETENSORS = ".safetensors";
    private static final String PACKED = ".mnz";
    private static final String REMEDY = "; for other formats, add the artifact mobilenet4j-formats";

    /// Bytes that tell a format.
    private static final int START = 16;

    @Override
    public Model read(Path file) throws IOException {
        if (PackedFile.hasMagic(start(file))) {
            return PackedFile.read(file);
        }
        if (!hasEnding(file, SAFETENSORS)) {
            throw new BadFileException(file, "is neither a " + SAFETENSORS + " nor a " + PACKED + " file" + REMEDY);
        }
        return ModelFile.read(file);
    }

    private static MemorySegment start(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return MemorySegment.NULL;
        }
        try (var stream = Files.newInputStream(file)) {
            return MemorySegment.ofArray(stream.readNBytes(START));
        }
    }

    @Override
    public List<String> write(Model model, Path file, ElementType type) throws IOException {
        if (hasEnding(file, PACKED)) {
            PackedFile.write(model, file, type);
        } else if (hasEnding(file, SAFETENSORS)) {
            ModelFile.write(model, file, type);
        } else {
            throw new BadValueException(file + ": this format cannot be written; use a name that ends in " + SAFETENSORS
                    + " or " + PACKED + REMEDY);
        }
        return List.of();
    }

    private static boolean hasEnding(Path file, String ending) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(ending);
    }
}
