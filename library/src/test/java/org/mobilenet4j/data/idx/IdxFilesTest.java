package org.mobilenet4j.data.idx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mobilenet4j.data.Pictures;
import org.mobilenet4j.error.BadFileException;

class IdxFilesTest {
    @TempDir
    Path folder;

    private Path file(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private static byte[] idx(int magic, int[] sizes, int... values) {
        var bytes = ByteBuffer.allocate(4 + 4 * sizes.length + values.length).putInt(magic);
        for (int size : sizes) {
            bytes.putInt(size);
        }
        for (int value : values) {
            bytes.put((byte) value);
        }
        return bytes.array();
    }

    static byte[] images() {
        return idx(0x803, new int[] {2, 1, 3}, 1, 2, 3, 250, 251, 252);
    }

    static byte[] labels() {
        return idx(0x801, new int[] {2}, 2, 0);
    }

    @Test
    void picturesAndTheirNumbers() throws IOException {
        for (boolean zipped : new boolean[] {false, true}) {
            var data = IdxFiles.open(
                    file("images", zipped ? Pictures.gzip(images()) : images()),
                    file("labels", zipped ? Pictures.gzip(labels()) : labels()));

            assertThat(data.size()).isEqualTo(2);
            assertThat(data.labels()).containsExactly("0", "1", "2");
            assertThat(data.counts()).containsExactly(1, 0, 1);
            try (var reader = data.inOrder()) {
                assertThat(reader.next().orElseThrow().label()).isEqualTo(2);
                var image = reader.next().orElseThrow().photo().decode();
                assertThat(image.height()).isEqualTo(1);
                assertThat(image.width()).isEqualTo(3);
                for (int c = 0; c < 3; c++) {
                    assertThat(image.at(0, 1, c)).isEqualTo(251);
                }
            }
        }
    }

    @Test
    void filesThatDoNotFitAreRefused() throws IOException {
        refused(labels(), labels(), "images: is not an IDX file of bytes in 3 dimensions");
        refused(images(), images(), "labels: is not an IDX file of bytes in 1 dimensions");
        refused(new byte[0], labels(), "images: is not an IDX file");
        refused(Arrays.copyOf(images(), 10), labels(), "images: is cut short");
        refused(Arrays.copyOf(images(), 20), labels(), "images: is cut short");
        refused(Arrays.copyOf(Pictures.gzip(images()), 25), labels(), "images: is cut short");
        refused(Arrays.copyOf(images(), 23), labels(), "images: has data after the 6 values");
        refused(idx(0x803, new int[] {1, 1, 1}, 1), labels(), "images: has 1 pictures, but ");
        refused(images(), idx(0x801, new int[] {2}, 0, 0), "images: has only one class");
        refused(idx(0x803, new int[] {1 << 30, 1 << 30, 1 << 30}), labels(), "claims an impossible size");
        refused(idx(0x803, new int[] {-1, 1, 1}), labels(), "claims an impossible size (4294967295)");
        // Claims 2 GB, which must not be allocated for it.
        refused(idx(0x803, new int[] {2000, 1000, 1000}), labels(), "claims 2000000000 bytes in a file of 16");
    }

    @Test
    void memoryIsNotTakenForWhatGzipMadeOfLittle() throws IOException {
        var zeros = idx(0x803, new int[] {1, 3000, 3000}, new int[9_000_000]);

        refused(Pictures.gzip(zeros), labels(), "images: its header claims 9000000 bytes in a file of ");
    }

    private void refused(byte[] images, byte[] labels, String problem) throws IOException {
        var imageFile = file("images", images);
        var labelFile = file("labels", labels);
        assertThatThrownBy(() -> IdxFiles.open(imageFile, labelFile))
                .isInstanceOf(BadFileException.class)
                .hasMessageContaining(problem)
                .hasMessageNotContaining("\n");
    }

    @Test
    void damagedFilesAreReadOrRefused() throws IOException {
        var random = new Random(5);
        int refused = 0;
        for (int i = 0; i < 1000; i++) {
            var bytes = i % 2 == 0 ? images() : Pictures.gzip(images());
            for (int k = random.nextInt(3); k >= 0; k--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            try {
                IdxFiles.open(file("images", bytes), file("labels", labels()));
            } catch (BadFileException _) {
                refused++;
            }
        }
        assertThat(refused).isBetween(160, 999);
    }

    @Test
    void fashionMnist() throws IOException {
        var fashion = Path.of("/usr/share/datasets/fashion-mnist");
        Assumptions.assumeTrue(Files.isDirectory(fashion), "Debian's package dataset-fashion-mnist is not installed");

        var data = IdxFiles.open(
                fashion.resolve("t10k-images-idx3-ubyte.gz"), fashion.resolve("t10k-labels-idx1-ubyte.gz"));

        assertThat(data.size()).isEqualTo(10_000);
        assertThat(data.counts()).hasSize(10).containsOnly(1000);
    }
}
