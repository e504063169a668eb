package org.mobilenet4j.model.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
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
}
