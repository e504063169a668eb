package org.mobilenet4j.app.cli.options;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.mobilenet4j.DefaultModel;
import org.mobilenet4j.app.pull.ModelCache;
import org.mobilenet4j.formats.ModelFormats;
import org.mobilenet4j.model.Model;

/// A model as named on the command line: `default`, the bundled model (`docs/model-card.md`); the name of a pulled
/// model, also as Keras or a notation of networks has it ([PublishedModel]); or a file in any supported format.
///
/// @param name as given; write `./default` for a file named `default`, and likewise for one named like a pulled
///     model
public record ModelSource(Path name) {
    public static final ModelSource DEFAULT = new ModelSource(Path.of("default"));

    /// Reads the model, anew each time.
    ///
    /// @throws IOException if the file is missing or malformed
    public Model read() throws IOException {
        return isDefault() ? DefaultModel.load() : ModelFormats.read(file());
    }

    /// The size of its file in bytes.
    ///
    /// @throws IOException if the file is missing
    public long bytes() throws IOException {
        return isDefault() ? DefaultModel.bytes() : Files.size(file());
    }

    private Path file() throws IOException {
        if (name.isAbsolute() || (name.getNameCount() != 1 && !PublishedModel.hasOwner(name))) {
            return name;
        }
        var text = name.toString();
        var cache = ModelCache.ofThisUser();
        if (name.getNameCount() == 1 && cache.holds(text)) {
            return cache.file(text);
        }
        // Last, because reading the catalog takes longer than the rest.
        return Files.exists(name) ? name : PublishedModel.named(text).file(cache);
    }

    /// Whether this is `default` or a file, rather than a name of something else.
    public boolean isThere() {
        return isDefault() || Files.isRegularFile(name);
    }

    private boolean isDefault() {
        return name.equals(DEFAULT.name);
    }
}
