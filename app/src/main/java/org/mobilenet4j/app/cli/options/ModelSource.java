package org.mobilenet4j.app.cli.options;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import org.mobilenet4j.app.pull.Catalog;
import org.mobilenet4j.app.pull.ModelCache;
import org.mobilenet4j.formats.ModelFormats;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.file.ModelFile;

/// A model as a command line names it: `default`, the one that comes with the command (`docs/model-card.md`); the name
/// of one that was pulled; or a file in any format that is read.
///
/// @param name as given; a file that is called `default` itself, or as a pulled model is, is `./default`
public record ModelSource(Path name) {
    public static final ModelSource DEFAULT = new ModelSource(Path.of("default"));

    private static final String RESOURCE = "/org/mobilenet4j/app/default.safetensors";

    /// The model itself, read anew each time.
    ///
    /// @throws IOException when the file is missing or bad
    public Model read() throws IOException {
        return isDefault() ? ModelFile.read(MemorySegment.ofArray(bundled())) : ModelFormats.read(file());
    }

    /// The length of its file.
    ///
    /// @throws IOException when the file is missing
    public long bytes() throws IOException {
        return isDefault() ? bundled().length : Files.size(file());
    }

    private Path file() throws IOException {
        if (name.isAbsolute() || name.getNameCount() != 1) {
            return name;
        }
        var text = name.toString();
        var cache = ModelCache.ofThisUser();
        if (cache.holds(text)) {
            return cache.file(text);
        }
        // Last, as reading the catalog takes longer than the rest.
        if (!Files.exists(name) && Catalog.bundled().has(text)) {
            throw new FileNotFoundException(text + ": is not here yet; run mobilenet pull " + text);
        }
        return name;
    }

    private boolean isDefault() {
        return name.equals(DEFAULT.name);
    }

    private static byte[] bundled() throws IOException {
        try (var in = ModelSource.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new FileNotFoundException("this build has no default network in it; build it again");
            }
            return in.readAllBytes();
        }
    }
}
