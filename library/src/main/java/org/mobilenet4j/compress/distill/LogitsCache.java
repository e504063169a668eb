package org.mobilenet4j.compress.distill;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.model.file.Safetensors;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Tensor;
import org.mobilenet4j.text.OneLine;

/// A teacher's outputs for all photos of a data set, in a safetensors file: a tensor `plain` with a row for each photo,
/// and, if photos are also flipped, another tensor `mirrored`. A photo that could not be read has a row of NaN.
///
/// @param plain outputs for the original photos
/// @param mirrored outputs for their mirror images
record LogitsCache(Tensor plain, Optional<Tensor> mirrored) {
    private static final String FORMAT = "mobilenet4j-answers";
    private static final String PLAIN = "plain";
    private static final String MIRRORED = "mirrored";

    /// Writes the file atomically.
    ///
    /// @param teacher the teacher's fingerprint
    /// @param photos the data set's fingerprint
    /// @throws IOException when it cannot be written
    void write(Path file, String teacher, String photos) throws IOException {
        var metadata = new LinkedHashMap<String, String>();
        metadata.put("format", FORMAT);
        metadata.put("teacher", teacher);
        metadata.put("photos", photos);
        var tensors = new LinkedHashMap<String, Tensor>();
        tensors.put(PLAIN, plain);
        mirrored.ifPresent(tensor -> tensors.put(MIRRORED, tensor));
        new Safetensors(metadata, tensors).write(file, ElementType.FLOAT32);
    }

    /// Reads the outputs of this teacher for these photos; they stay in the file until they are used.
    ///
    /// @param rows number of photos
    /// @param width values per output
    /// @param isMirroredToo whether outputs for mirror images are needed
    /// @throws IOException when it cannot be read, is damaged, or holds the outputs of another teacher or for
    ///     other photos
    static LogitsCache read(Path file, String teacher, String photos, int rows, int width, boolean isMirroredToo)
            throws IOException {
        var contents = Safetensors.read(file);
        var metadata = contents.metadata();
        if (!FORMAT.equals(metadata.get("format"))) {
            throw bad(file, "is not a file of a teacher's outputs");
        }
        requireSame(file, metadata, "teacher", teacher, "of another teacher");
        requireSame(file, metadata, "photos", photos, "for other photos");
        var mirrored = contents.tensors().get(MIRRORED);
        if (isMirroredToo && mirrored == null) {
            throw bad(file, "holds no outputs for mirrored photos");
        }
        return new LogitsCache(
                checked(file, PLAIN, contents.tensors().get(PLAIN), rows, width),
                isMirroredToo ? Optional.of(checked(file, MIRRORED, mirrored, rows, width)) : Optional.empty());
    }

    private static void requireSame(Path file, Map<String, String> metadata, String key, String value, String what)
            throws BadFileException {
        if (!value.equals(metadata.get(key))) {
            throw bad(file, "holds the outputs " + what);
        }
    }

    private static Tensor checked(Path file, String name, @Nullable Tensor tensor, int rows, int width)
            throws BadFileException {
        if (tensor == null
                || tensor.type() != ElementType.FLOAT32
                || !tensor.dims().equals(List.of(rows, width))) {
            throw bad(
                    file,
                    "is damaged: its tensor " + name + " is " + OneLine.of(String.valueOf(tensor)) + ", not " + rows
                            + "x" + width + " FLOAT32");
        }
        return tensor;
    }

    /// The error for `file`, with what to do about it.
    static BadFileException bad(Path file, String problem) {
        return new BadFileException(file, problem + "; remove it, or give another --teacher-cache");
    }
}
