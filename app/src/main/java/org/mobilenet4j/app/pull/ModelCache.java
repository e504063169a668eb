package org.mobilenet4j.app.pull;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The folder of pulled models: NAME`.tflite` and its checksum for each model, one `labels.txt`, where the TFLite
/// reader looks for labels, and partial downloads.
///
/// @param folder may not exist yet
public record ModelCache(Path folder) {
    static final String ENDING = ".tflite";

    /// Sets the folder, with the highest priority.
    private static final String PROPERTY = "mobilenet4j.cache";

    private static final String VARIABLE = "MOBILENET_CACHE";

    private static final String NAME = "mobilenet4j";

    /// The folder given by the system property `mobilenet4j.cache` or the environment variable `MOBILENET_CACHE`, or
    /// else the platform's folder for caches: in `$XDG_CACHE_HOME` or `~/.cache`, in `~/Library/Caches`, or in
    /// `%LOCALAPPDATA%`.
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
        // The XDG specification says to ignore relative paths.
        return value(environment, "XDG_CACHE_HOME")
                .map(Path::of)
                .filter(Path::isAbsolute)
                .orElse(home.resolve(".cache"));
    }

    private static Optional<String> value(Function<String, @Nullable String> source, String name) {
        return Optional.ofNullable(source.apply(name)).filter(text -> !text.isBlank());
    }

    /// The path of the model of that name once it was pulled.
    public Path file(String name) {
        return folder.resolve(name + ENDING);
    }

    /// Whether the model of that name was pulled.
    public boolean holds(String name) {
        return Files.isRegularFile(file(name));
    }

    /// The path of the checksum file: the SHA-256 of the model's file when it was pulled, in the format of `sha256sum`.
    Path checksum(String name) {
        return folder.resolve(name + ENDING + ".sha256");
    }

    Path labels() {
        return folder.resolve("labels.txt");
    }

    /// The path of `file` while it is being downloaded.
    Path partial(PublishedFile file) {
        return folder.resolve(file.name() + ".part");
    }
}
