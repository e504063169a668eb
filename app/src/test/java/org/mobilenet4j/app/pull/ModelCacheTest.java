package org.mobilenet4j.app.pull;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModelCacheTest {
    private final Map<String, String> properties = new HashMap<>(Map.of("user.home", "/home/ann", "os.name", "Linux"));
    private final Map<String, String> environment = new HashMap<>();

    @Test
    void whereEachPlatformKeepsSuchFiles() {
        assertThat(folder()).isEqualTo(Path.of("/home/ann/.cache/mobilenet4j"));
        environment.put("XDG_CACHE_HOME", "/var/cache/ann");
        assertThat(folder()).isEqualTo(Path.of("/var/cache/ann/mobilenet4j"));
        environment.put("XDG_CACHE_HOME", "relative");
        assertThat(folder()).isEqualTo(Path.of("/home/ann/.cache/mobilenet4j"));

        properties.put("os.name", "Mac OS X");
        assertThat(folder()).isEqualTo(Path.of("/home/ann/Library/Caches/mobilenet4j"));

        properties.put("os.name", "Windows 11");
        assertThat(folder()).isEqualTo(Path.of("/home/ann/AppData/Local/mobilenet4j"));
        environment.put("LOCALAPPDATA", "/users/ann/local");
        assertThat(folder()).isEqualTo(Path.of("/users/ann/local/mobilenet4j"));
    }

    @Test
    void whatIsNamedComesFirst() {
        environment.put("XDG_CACHE_HOME", "/var/cache/ann");
        environment.put("MOBILENET_CACHE", "/models");
        assertThat(folder()).isEqualTo(Path.of("/models"));
        properties.put("mobilenet4j.cache", "here");
        assertThat(folder()).isEqualTo(Path.of("here"));
        properties.put("mobilenet4j.cache", " ");
        environment.put("MOBILENET_CACHE", "");
        assertThat(folder()).isEqualTo(Path.of("/var/cache/ann/mobilenet4j"));
    }

    private Path folder() {
        return ModelCache.of(properties::get, environment::get).folder();
    }
}
