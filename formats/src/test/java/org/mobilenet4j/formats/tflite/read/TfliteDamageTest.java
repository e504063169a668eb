package org.mobilenet4j.formats.tflite.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.formats.SharedFiles;
import org.mobilenet4j.formats.SmallModel;
import org.mobilenet4j.model.Model;

/// Cut and damaged files: one line that names the file, or a model, and nothing else.
class TfliteDamageTest {
    private static final Path NAME = Path.of("hurt.tflite");

    /// What reading makes of `bytes`, or null after one good line.
    private static @Nullable Model read(MemorySegment bytes) {
        try {
            return TfliteReader.read(NAME, bytes);
        } catch (BadFileException e) {
            assertThat(e.getMessage())
                    .startsWith(NAME + ": ")
                    .hasSizeLessThan(1000)
                    .doesNotContain("\n");
            return null;
        } catch (IOException e) {
            return fail("another exception than the reader's", e);
        }
    }

    @Test
    void everyCutOfTheSmallModelIsNoticed() {
        var whole = MemorySegment.ofArray(SmallModel.bytes());
        assertThat(read(whole)).isNotNull();

        for (long length = 0; length < whole.byteSize(); length++) {
            assertThat(read(whole.asSlice(0, length)))
                    .as("cut to %d bytes", length)
                    .isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"imagenet/mobilenet_v1_0.25_128.tflite", "visual-wake-words/vww_96_float.tflite"})
    void everyCutOfAPublishedModelIsNoticed(String name) throws IOException {
        var whole = MemorySegment.ofArray(Files.readAllBytes(SharedFiles.model(name)));

        for (long length = 0; length < whole.byteSize(); length += 64) {
            assertThat(read(whole.asSlice(0, length)))
                    .as("cut to %d bytes", length)
                    .isNull();
        }
    }

    @Test
    void cutFilesOnDiskAreNoticed(@TempDir Path directory) throws IOException {
        var bytes = SmallModel.bytes();
        var file = directory.resolve("cut.tflite");
        for (int length = 0; length < bytes.length; length += 64) {
            Files.write(file, java.util.Arrays.copyOf(bytes, length));
            var cut = file;
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> TfliteReader.read(cut))
                    .isInstanceOf(BadFileException.class)
                    .hasMessageStartingWith(file + ": ");
        }
    }

    @Test
    void changedBytesMakeAModelOrOneLine() {
        var original = SmallModel.bytes();
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(11);
        int models = 0;
        for (int round = 0; round < 5_000; round++) {
            var bytes = original.clone();
            damage(bytes, random);
            models += read(MemorySegment.ofArray(bytes)) == null ? 0 : 1;
        }
        // Most bytes are weights, and any weight will do; enough of the rest must be noticed.
        assertThat(models).isBetween(250, 4_750);
    }

    private static void damage(byte[] bytes, RandomGenerator random) {
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt(256);
                case 2 -> java.util.Arrays.fill(bytes, at, Math.min(at + 4, bytes.length), (byte) 0xff);
                default -> java.util.Arrays.fill(bytes, at, Math.min(at + 4, bytes.length), (byte) 0);
            }
        }
    }
}
