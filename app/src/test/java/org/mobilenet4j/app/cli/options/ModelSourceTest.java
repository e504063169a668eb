package org.mobilenet4j.app.cli.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mobilenet4j.app.cli.Run;
import org.mobilenet4j.app.cli.Samples;

/// The network that comes with the command, by its name.
class ModelSourceTest {
    @TempDir
    private Path folder;

    @Test
    void commandsTakeItByName() throws IOException {
        var photo = Samples.png(folder.resolve("photo.png"), 1);
        var unnamed = Run.of("classify", "--format", "json", photo).json().get(0);
        var named = Run.of("classify", "--model", "default", "--format", "json", photo)
                .json()
                .get(0);
        assertThat(unnamed.get("predictions")).isEqualTo(named.get("predictions"));
        assertThat(Run.of("inspect", "default", "--format", "json").exit()).isZero();

        var copy = folder.resolve("copy.safetensors");
        assertThat(Run.of("convert", "default", copy, "--float16").exit()).isZero();
        assertThat(Files.size(copy)).isEqualTo(ModelSource.DEFAULT.bytes());
    }

    @Test
    void aFileOfThatNameIsAnotherModel() throws IOException {
        var file = Samples.model(folder.resolve("default"), Samples.weights(), Samples.LABELS);
        assertThat(new ModelSource(file).read().labels()).isEqualTo(Samples.LABELS);
        assertThat(new ModelSource(file).bytes()).isEqualTo(Files.size(file));
    }
}
