package org.mobilenet4j.app.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Archives of friends and of strangers.
class ArchiveTest {
    private static final String NAME = "model.tflite";

    @TempDir
    private Path folder;

    private final byte[] model = Published.tflite(5000);
    private Path out;

    @BeforeEach
    void place() {
        out = folder.resolve("out");
    }

    @ParameterizedTest
    @ValueSource(strings = {"./model.tflite", "model.tflite"})
    void aModelAtTheTop(String entry) throws IOException {
        extract(new Published.Tgz()
                .add("a.ckpt", new byte[100_000])
                .add(entry, model)
                .add("b.pb", model));

        assertThat(out).hasBinaryContent(model);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../model.tflite",
                "/model.tflite",
                "a/../model.tflite",
                "a/model.tflite",
                "other.tflite",
                "model.tflite/",
                "MODEL.TFLITE"
            })
    void noOtherNameWillDo(String entry) throws IOException {
        var tgz = new Published.Tgz().add(entry, entry.endsWith("/") ? new byte[0] : model);

        assertThatThrownBy(() -> extract(tgz))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has no model.tflite");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("archive.tgz"));
        }
    }

    @Test
    void linksAreNotFollowed() throws IOException {
        var link = new TarArchiveEntry(NAME, TarConstants.LF_SYMLINK);
        link.setLinkName("/etc/passwd");

        assertThatThrownBy(() -> extract(new Published.Tgz().add(link, new byte[0])))
                .hasMessageContaining("has no model.tflite");
    }

    @Test
    void whatIsNoModel() throws IOException {
        var text = "These are words, whatever the name says.".getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> extract(new Published.Tgz().add(NAME, text)))
                .hasMessageContaining("not a TFLite file");
        assertThatThrownBy(() -> extract(new Published.Tgz().add(NAME, new byte[3])))
                .hasMessageContaining("not a TFLite file");
    }

    @Test
    void whatIsTooLarge() throws IOException {
        var archive = write(new Published.Tgz()
                .add("a.ckpt", new byte[100_000])
                .add(NAME, model)
                .bytes());

        Archive.extract(archive, NAME, out, 200_000, 5000);
        assertThatThrownBy(() -> Archive.extract(archive, NAME, out, 200_000, 4999))
                .hasMessageContaining("unpacks to more");
        assertThatThrownBy(() -> Archive.extract(archive, NAME, out, 50_000, 5000))
                .hasMessageContaining("unpacks to more");
    }

    /// What is skipped counts too, however it is skipped.
    @Test
    void whatIsTooLargeBeforeTheModel() throws IOException {
        var archive = write(new Published.Tgz()
                .add("a.ckpt", new byte[1_000_000])
                .add(NAME, model)
                .bytes());

        assertThatThrownBy(() -> Archive.extract(archive, NAME, out, 500_000, 5000))
                .hasMessageContaining("unpacks to more");
        Archive.extract(archive, NAME, out, 1_100_000, 5000);
    }

    @Test
    void whatIsDamaged() throws IOException {
        var whole = new Published.Tgz().add(NAME, Published.tflite(100_000)).bytes();

        for (int length : new int[] {0, 5, 100, whole.length / 2}) {
            write(Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> Archive.extract(folder.resolve("archive.tgz"), NAME, out))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("archive.tgz: the archive");
        }
        write("not gzipped".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> Archive.extract(folder.resolve("archive.tgz"), NAME, out))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("archive.tgz: the archive");
    }

    private void extract(Published.Tgz tgz) throws IOException {
        Archive.extract(write(tgz.bytes()), NAME, out);
    }

    private Path write(byte[] archive) throws IOException {
        return Files.write(folder.resolve("archive.tgz"), archive);
    }
}
