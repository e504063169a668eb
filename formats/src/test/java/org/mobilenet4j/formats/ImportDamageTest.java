package org.mobilenet4j.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.formats.keras.KerasReader;
import org.mobilenet4j.formats.tfjs.TfjsReader;
import org.mobilenet4j.model.Model;

/// Cut and damaged files of other programs: one line that names the file, or a model, and nothing else.
class ImportDamageTest {
    @TempDir
    private Path directory;

    private interface Reader {
        Model read() throws IOException;
    }

    /// What reading makes of it, or null after one good line.
    private static @Nullable Model read(Path name, Reader reader) {
        try {
            return reader.read();
        } catch (BadFileException e) {
            assertThat(e.getMessage())
                    .startsWith(name + ": ")
                    .hasSizeLessThan(1000)
                    .doesNotContain("\n");
            return null;
        } catch (NoSuchFileException e) {
            assertThat(e.getReason()).contains("needs it for its weights");
            return null;
        } catch (IOException e) {
            return fail("another exception than the reader's", e);
        }
    }

    private static @Nullable Model readHdf5(MemorySegment bytes) {
        var name = Path.of("hurt.h5");
        return read(name, () -> KerasReader.readHdf5(name, bytes));
    }

    private byte[] hdf5() throws IOException {
        var config = SmallKeras.config(KerasJson.second(), "[null,16,16,3]");
        var variables = SmallKeras.variables(SmallKeras.model("m").weights(), "depthwise_kernel");
        return Files.readAllBytes(KerasFiles.writeHdf5(directory.resolve("whole.h5"), config, variables));
    }

    private static void damage(byte[] bytes, int from, int to, RandomGenerator random) {
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(from, to);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt(256);
                case 2 -> Arrays.fill(bytes, at, Math.min(at + 4, to), (byte) 0xff);
                default -> Arrays.fill(bytes, at, Math.min(at + 4, to), (byte) 0);
            }
        }
    }

    private static RandomGenerator random() {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(12);
    }

    @Test
    void everyCutOfAnHdf5FileIsNoticed() throws IOException {
        var whole = MemorySegment.ofArray(hdf5());
        assertThat(readHdf5(whole)).isNotNull();
        for (long length = 0; length < whole.byteSize(); length += 7) {
            assertThat(readHdf5(whole.asSlice(0, length)))
                    .as("cut to %d bytes", length)
                    .isNull();
        }
    }

    @Test
    void everyCutOfKerasOwnFileIsNoticed() throws IOException {
        var whole = MemorySegment.ofArray(Files.readAllBytes(SharedFiles.model("visual-wake-words/vww_96.h5")));
        for (long length = 0; length < whole.byteSize(); length += 4096) {
            assertThat(readHdf5(whole.asSlice(0, length)))
                    .as("cut to %d bytes", length)
                    .isNull();
        }
    }

    @Test
    void changedBytesOfAnHdf5FileMakeAModelOrOneLine() throws IOException {
        var original = hdf5();
        var random = random();
        int models = 0;
        for (int round = 0; round < 3_000; round++) {
            var bytes = original.clone();
            damage(bytes, 0, bytes.length, random);
            models += readHdf5(MemorySegment.ofArray(bytes)) == null ? 0 : 1;
        }
        // Much of the file is weights and settings that nobody reads; enough else must be noticed.
        assertThat(models).isBetween(150, 2_850);
    }

    @Test
    void changedBytesOfKerasOwnFileMakeAModelOrOneLine() throws IOException {
        var original = Files.readAllBytes(SharedFiles.model("visual-wake-words/vww_96.h5"));
        var random = random();
        int refused = 0;
        for (int round = 0; round < 200; round++) {
            var bytes = original.clone();
            // Where groups, names and the configuration lie.
            damage(bytes, 0, 100_000, random);
            refused += readHdf5(MemorySegment.ofArray(bytes)) == null ? 1 : 0;
        }
        assertThat(refused).isPositive();
    }

    @Test
    void cutAndChangedArchivesMakeAModelOrOneLine() throws IOException {
        var config = SmallKeras.config(KerasJson.third(), "[null,16,16,3]");
        var numbered = SmallKeras.numbered(SmallKeras.model("m").weights());
        var original = Files.readAllBytes(KerasFiles.writeArchive(directory.resolve("m.keras"), config, numbered));
        var file = directory.resolve("hurt.keras");
        for (int length = 0; length < original.length; length += 97) {
            Files.write(file, Arrays.copyOf(original, length));
            assertThat(read(file, () -> KerasReader.read(file)))
                    .as("cut to %d bytes", length)
                    .isNull();
        }
        var random = random();
        int models = 0;
        for (int round = 0; round < 500; round++) {
            var bytes = original.clone();
            damage(bytes, 0, bytes.length, random);
            Files.write(file, bytes);
            models += read(file, () -> KerasReader.read(file)) == null ? 0 : 1;
        }
        // Everything is compressed and has a checksum, which notices almost all.
        assertThat(models).isLessThan(250);
    }

    @Test
    void changedTextsOfTensorFlowJsMakeAModelOrOneLine() throws IOException {
        var files = SmallGraph.files(SmallGraph.model("m").weights());
        var file = files.write(directory, files.graph());
        var original = Files.readAllBytes(file);
        var random = random();
        int models = 0;
        for (int round = 0; round < 2_000; round++) {
            var bytes = original.clone();
            damage(bytes, 0, bytes.length, random);
            var text = new String(bytes, StandardCharsets.UTF_8);
            models += read(file, () -> TfjsReader.read(file, text)) == null ? 0 : 1;
        }
        assertThat(models).isLessThan(1_900);
        for (int length = 0; length < original.length; length += 5) {
            var text = new String(Arrays.copyOf(original, length), StandardCharsets.UTF_8);
            assertThat(read(file, () -> TfjsReader.read(file, text)))
                    .as("cut to %d", length)
                    .isNull();
        }
    }
}
