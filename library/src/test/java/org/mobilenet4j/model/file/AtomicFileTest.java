package org.mobilenet4j.model.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir
    Path directory;

    @Test
    void aFullDiskLeavesWhatWasThere() throws IOException {
        var file = Files.writeString(directory.resolve("file"), "old");

        assertThatThrownBy(() -> AtomicFile.write(file, channel -> {
                    channel.write(ByteBuffer.allocate(1000));
                    throw new IOException("No space left on device");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage(file + ": cannot be written: No space left on device");

        assertThat(file).hasContent("old");
        assertThat(directory.toFile().list()).containsExactly("file");
    }

    @Test
    void nothingIsThereUntilAllIsWritten() throws IOException {
        var file = directory.resolve("file");

        AtomicFile.write(file, channel -> {
            channel.write(ByteBuffer.allocate(1000));
            assertThat(file).doesNotExist();
        });

        assertThat(file).hasSize(1000);
        assertThat(directory.toFile().list()).containsExactly("file");
    }

    /// As `kill -9` leaves it; what somebody writes now stays.
    @Test
    void whatAKilledProcessLeftIsSwept() throws IOException {
        var old = Files.writeString(directory.resolve(".mobilenet4j-0123.tmp"), "half of it");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minusSeconds(60)));

        AtomicFile.write(directory.resolve("file"), outer -> {
            var temporary = only();
            Files.setLastModifiedTime(temporary, FileTime.from(Instant.now().minusSeconds(60)));
            AtomicFile.write(directory.resolve("other"), inner -> inner.write(ByteBuffer.allocate(1)));
            assertThat(temporary).exists();
        });

        assertThat(directory.toFile().list()).containsExactlyInAnyOrder("file", "other");
    }

    private Path only() throws IOException {
        try (var files = Files.list(directory)) {
            return files.collect(onlyElement());
        }
    }

    private static Collector<Path, ?, Path> onlyElement() {
        return Collectors.collectingAndThen(Collectors.toList(), files -> {
            assertThat(files).hasSize(1);
            return files.getFirst();
        });
    }
}
