package org.mobilenet4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InMemoryTest {
    @TempDir
    private Path folder;

    private DataSet data;

    @BeforeEach
    void write() throws IOException {
        data = Folder.open(Pictures.write(folder, Pictures.pictures(3, 0, "ant", "bee")));
        Files.writeString(folder.resolve("ant/ant_0.png"), "no photo at all");
    }

    @Test
    void keepsThePhotosWhenTheFilesAreGone() throws IOException {
        var kept = InMemory.of(data, 1 << 20);
        assertThat(kept.labels()).isEqualTo(data.labels());
        assertThat(kept.counts()).isEqualTo(data.counts());
        try (var before = data.inOrder();
                var after = kept.inOrder()) {
            for (int i = 0; i < data.size(); i++) {
                var wanted = before.next().orElseThrow();
                var sample = after.next().orElseThrow();
                assertThat(sample.index()).isEqualTo(i);
                assertThat(sample.label()).isEqualTo(wanted.label());
                assertThat(sample.name()).isEqualTo(wanted.name());
                if (!wanted.name().endsWith("ant/ant_0.png")) {
                    assertThat(sample.photo().decode().at(3, 3, 0))
                            .isEqualTo(wanted.photo().decode().at(3, 3, 0));
                }
            }
            assertThat(after.next()).isEmpty();
        }
    }

    @Test
    void aPhotoThatCannotBeReadStaysOne() throws IOException {
        try (var reader = InMemory.of(data, 1 << 20).inOrder()) {
            var photo = reader.next().orElseThrow().photo();
            assertThatThrownBy(photo::decode).isInstanceOf(IOException.class).hasMessageContaining("ant_0.png");
        }
    }

    @Test
    void whatDoesNotFitIsDecodedEachTime() throws IOException {
        assertThat(InMemory.of(data, 100)).isInstanceOf(DecodedCache.class);
        assertThat(InMemory.of(data, 1 << 20)).isInstanceOf(InMemory.class);
    }
}
