package org.mobilenet4j.app.pull;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The folder that keeps what was pulled: NAME`.tflite` and its checksum for each model, one `labels.txt`, which is
/// where the reader of TFLite files looks for labels, and what is not yet whole.
///
/// @param folder may not exist yet
public record ModelCache(Path folder) {
    static final String ENDING = ".tflite";

    /// Names the folder, before all else.
    private static final String PROPERTY = "mobilenet4j.cache";

    private static final String VARIABLE = "MOBILENET_CACHE";

    private static final String NAME = "mobilenet4j";

    /// The folder that the system property `mobilenet4j.cache` or the environment's `MOBILENET_CACHE`
    /// names, or the one that this platform has for such files: in `$XDG_CACHE_HOME` or `~/.cache`,
    /// `~/Library/Caches`, `%LOCALAPPDATA%`.
    public static ModelCache ofThisUser() {
        return of(System::getProperty, System::getenv);
    }

    static ModelCache of(
            Function<String, @Nullable String> properties, Function<String, @Nullable String> environment) {
        return new ModelCache(value(properties, PROPERTY)
                .or(() -> value(environment, VARIABLE))
                .map(Path::of)
                .orElseGet(() -> platformFolder(properties, environment).resolve(NAME)));
    }

    private static Path platformFolder(
            Function<String, @Nullable String> properties, Function<String, @Nullable String> environment) {
        var home = Path.of(value(properties, "user.home").orElse(""));
        var system = value(properties, "os.name").orElse("").toLowerCase(Locale.ROOT);
        if (system.startsWith("windows")) {
            return value(environment, "LOCALAPPDATA").map(Path::of).orElse(home.resolve("AppData", "Local"));
        }
        if (system.startsWith("mac")) {
            return home.resolve("Library", "Caches");
        }
        // The XDG specification has relative paths ignored.
        return value(environment, "XDG_CACHE_HOME")
                .map(Path::of)
                .filter(Path::isAbsolute)
                .orElse(home.resolve(".cache"));
    }

    private static Optional<String> value(Function<String, @Nullable String> source, String name) {
        return Optional.ofNullable(source.apply(name)).filter(text -> !text.isBlank());
    }

    /// Where the model of that name lies once it was pulled.
    public Path file(String name) {
        return folder.resolve(name + ENDING);
    }

    /// Whether the model of that name was pulled.
    public boolean holds(String name) {
        return Files.isRegularFile(file(name));
    }

    /// The SHA-256 of the model's file as it was when pulled, in the form of `sha256sum`.
    Path checksum(String name) {
        return folder.resolve(name + ENDING + ".sha256");
    }

    Path labels() {
        return folder.resolve("labels.txt");
    }

    /// Where `file` grows while it is downloaded.
    Path partial(PublishedFile file) {
        return folder.resolve(file.name() + ".part");
    }
}
