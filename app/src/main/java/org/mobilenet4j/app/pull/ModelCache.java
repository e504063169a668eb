package org.mobilenet4j.app.pull;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.UnaryOperator;
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

    static ModelCache of(UnaryOperator<@Nullable String> properties, UnaryOperator<@Nullable String> environment) {
        var named = given(properties.apply(PROPERTY)) ? properties.apply(PROPERTY) : environment.apply(VARIABLE);
        return new ModelCache(given(named) ? Path.of(named) : platformFolder(properties, environment));
    }

    private static Path platformFolder(
            UnaryOperator<@Nullable String> properties, UnaryOperator<@Nullable String> environment) {
        var home = Path.of(given(properties.apply("user.home")) ? properties.apply("user.home") : "");
        var system = String.valueOf(properties.apply("os.name")).toLowerCase(Locale.ROOT);
        if (system.startsWith("windows")) {
            var local = environment.apply("LOCALAPPDATA");
            return (given(local) ? Path.of(local) : home.resolve("AppData", "Local")).resolve(NAME);
        }
        if (system.startsWith("mac")) {
            return home.resolve("Library", "Caches", NAME);
        }
        // The XDG specification has relative paths ignored.
        var xdg = environment.apply("XDG_CACHE_HOME");
        return (given(xdg) && Path.of(xdg).isAbsolute() ? Path.of(xdg) : home.resolve(".cache")).resolve(NAME);
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

    private static boolean given(@Nullable String value) {
        return value != null && !value.isBlank();
    }
}
