package org.mobilenet4j.app.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MirrorTest {
    private static final PublishedFile FILE =
            new PublishedFile(URI.create("https://example.com/models/2018/model_1.0.tgz"), "");

    @TempDir
    private Path folder;

    @Test
    void withoutOneTheFilesOwnAddress() {
        assertThat(Mirror.NONE.locate(FILE)).isEqualTo(FILE.address());
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://mirror.example.com/a/b", "http://mirror.example.com/a/b/"})
    void anAddress(String place) {
        assertThat(Mirror.at(place).locate(FILE)).isEqualTo(URI.create("http://mirror.example.com/a/b/model_1.0.tgz"));
    }

    @Test
    void aFolder() throws IOException {
        var mirror = Files.createDirectory(folder.resolve("ä b%20c"));

        assertThat(Path.of(Mirror.at(mirror.toString()).locate(FILE))).isEqualTo(mirror.resolve("model_1.0.tgz"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nowhere", "", "ftp://example.com/a", "https://", "https://host/a?b=c", "https://a b/"})
    void neither(String place) {
        var missing = place.isEmpty() ? folder.resolve("missing").toString() : place;

        assertThatThrownBy(() -> Mirror.at(missing))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(missing);
    }
}
