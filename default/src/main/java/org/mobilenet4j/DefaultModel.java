package org.mobilenet4j;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.file.ModelFile;

/// The network that comes with the project: MobileNet v1, alpha 0.75, on photos of 80 x 80 pixels, with the names of
/// 200 classes of ImageNet. `docs/model-card.md` says how it was trained, how accurate it is, and what its weights may
/// be used for; `META-INF/NOTICE` in the jar repeats the last.
public final class DefaultModel {
    private static final String FILE = "default.safetensors";

    private DefaultModel() {}

    /// Reads the model, anew each time: 4 MB, kept on the heap as float16.
    ///
    /// @throws UncheckedIOException when the jar cannot be read any longer
    public static Model load() {
        try (var in = open()) {
            return ModelFile.read(MemorySegment.ofArray(in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The size of the model's file in bytes.
    ///
    /// @throws UncheckedIOException when the jar cannot be read any longer
    public static long bytes() {
        try (var in = open()) {
            return in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open() {
        var in = DefaultModel.class.getResourceAsStream(FILE);
        if (in == null) {
            throw new IllegalStateException(FILE + " is missing beside " + DefaultModel.class.getName()
                    + "; keep it where the jar of mobilenet4j-default has it");
        }
        return in;
    }
}
