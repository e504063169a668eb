package org.mobilenet4j.model.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.tensor.ElementType;

/// Reads and writes model files of every format that the application has: this library's own, and those of
/// `mobilenet4j-formats` if that artifact is there (see [ModelFormat]).
public final class Models {
    private Models() {}

    /// The model in `file`, whose format is recognized by its content.
    ///
    /// @throws BadFileException if the file is not there or does not hold a model that can be read; the message is
    ///     one line with the reason and the remedy
    /// @throws IOException if it cannot be read
    public static Model read(Path file) throws IOException {
        Objects.requireNonNull(file, "file");
        if (!Files.exists(file)) {
            throw new BadFileException(file, "no such file; check the path");
        }
        return format().read(file);
    }

    /// Writes `model` in the format of `file`'s extension, its floats with 32 bits. A failure leaves an old file as
    /// it was.
    ///
    /// @return what the file cannot represent of the model, or represents differently, one sentence each
    /// @throws IllegalArgumentException if the format cannot be written (the message lists those that can), or
    ///     cannot hold the model
    /// @throws IOException if the file cannot be written
    public static List<String> write(Model model, Path file) throws IOException {
        return write(model, file, ElementType.FLOAT32);
    }

    /// Writes `model` as [#write(Model, Path)] does, its floats as `type`: [ElementType#FLOAT16] halves the file and
    /// rounds to 11 bits. The integers of a quantized model stay as they are.
    public static List<String> write(Model model, Path file, ElementType type) throws IOException {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(type, "type");
        return format().write(model, file, type);
    }

    /// That of the class loader that has this library, where an application's threads may have another.
    private static ModelFormat format() {
        return ServiceLoader.load(ModelFormat.class, Models.class.getClassLoader())
                .findFirst()
                .orElseGet(OwnFormat::new);
    }
}
