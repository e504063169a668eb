package org.mobilenet4j.formats;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.file.ModelFormat;
import org.mobilenet4j.tensor.ElementType;

/// [ModelFormats] as the service that [org.mobilenet4j.model.file.Models] asks for.
public final class EveryFormat implements ModelFormat {
    /// For `ServiceLoader`.
    public EveryFormat() {}

    @Override
    public Model read(Path file) throws IOException {
        return ModelFormats.read(file);
    }

    @Override
    public List<String> write(Model model, Path file, ElementType type) throws IOException {
        return ModelFormats.write(model, file, type);
    }

    /// `EveryFormat`.
    @Override
    public String toString() {
        return "EveryFormat";
    }
}
