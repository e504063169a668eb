package org.mobilenet4j.data.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mobilenet4j.data.DataSet;
import org.mobilenet4j.data.DecodedCache;
import org.mobilenet4j.data.Folder;
import org.mobilenet4j.data.Pictures;
import org.mobilenet4j.data.augment.Augmentation;
import org.mobilenet4j.data.augment.ColorJitter;
import org.mobilenet4j.data.shard.ArchiveFiles;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.image.Normalization;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.image.Resize;
import org.mobilenet4j.tensor.Shape;

@Timeout(60)
class BatchesTest {
    private static final Preprocessing WHOLE = new Preprocessing(1, Resize.ANTIALIAS, Normalization.UNIT);
    private static final Augmentation EVERYTHING = Augmentation.inception(0.2)
            .withShift(0.1)
            .withColor(new ColorJitter(0.1, 0.4, 0.4, 0.1))
            .withErasing(0.5)
            .withMixup(0.2)
            .withCutmix(1);

    @TempDir
    Path folder;

    /// What a batch held when it was handed out.
    private record Seen(int epoch, int step, int labelHash, int imageHash, int targetHash) {
        static Seen of(Batch batch, DataSet data, Shape input) {
            return new Seen(
                    batch.epoch(),
                    batch.step(),
                    Arrays.hashCode(Arrays.copyOf(batch.labels(), batch.count())),
                    Arrays.hashCode(Arrays.copyOf(batch.images(), batch.count() * input.elements())),
                    Arrays.hashCode(Arrays.copyOf(
                            batch.targets(), batch.count() * data.labels().size())));
        }
    }

    private static BatchSpec spec(Augmentation augmentation, int size, int threads) {
        return new BatchSpec(new Shape(8, 8, 3), WHOLE, augmentation, size, 42, threads);
    }

    private static List<Seen> drain(Batches batches, DataSet data) throws IOException {
        var seen = new ArrayList<Seen>();
        for (var batch = batches.next(); batch.isPresent(); batch = batches.next()) {
            seen.add(Seen.of(batch.get(), data, new Shape(8, 8, 3)));
        }
        return seen;
    }

    private DataSet shards() throws IOException {
        Files.write(folder.resolve("a.tar"), Pictures.tar(Pictures.pictures(30, 0, "cat", "dog")));
        Files.write(folder.resolve("b.tgz"), Pictures.gzip(Pictures.tar(Pictures.pictures(25, 60, "cat", "dog"))));
        return ArchiveFiles.open("shards", List.of(folder.resolve("a.tar"), folder.resolve("b.tgz")));
    }

    @Test
    void threadsDoNotChangeWhatIsInABatch() throws IOException {
        var data = shards();
        var runs = new ArrayList<List<Seen>>();
        for (int threads : new int[] {1, 2, 5}) {
            try (var batches = Batches.training(data, spec(EVERYTHING, 7, threads))) {
                assertThat(batches.perEpoch()).isEqualTo(15);
                batches.start(0);
                var seen = drain(batches, data);
                batches.start(1);
                seen.addAll(drain(batches, data));
                runs.add(seen);
            }
        }

        assertThat(runs.get(0)).hasSize(30).doesNotHaveDuplicates();
        assertThat(runs.get(1)).isEqualTo(runs.get(0));
        assertThat(runs.get(2)).isEqualTo(runs.get(0));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4, 14, 15})
    void anEpochContinuesWhereItWasLeft(int step) throws IOException {
        var data = shards();
        try (var batches = Batches.training(data, spec(EVERYTHING, 7, 2))) {
            batches.start(3);
            var whole = drain(batches, data);
            batches.start(3);
            batches.next();
            batches.start(3, step);

            assertThat(drain(batches, data)).isEqualTo(whole.subList(step, whole.size()));
        }
    }

    @Test
    void aPhotoThatCannotBeReadIsStoodInForInTrainingAndLeftOutInValidation() throws IOException {
        var files = Pictures.pictures(10, 0, "cat", "dog");
        files.put("cat/notes.txt", "not a photo".getBytes(StandardCharsets.UTF_8));
        var data = Folder.open(Pictures.write(folder, files));

        try (var batches = Batches.training(data, spec(Augmentation.NONE, 21, 2))) {
            batches.start(0);
            assertThat(batches.next().orElseThrow().count()).isEqualTo(21);
            assertThat(batches.next()).isEmpty();
            assertThat(batches.unreadable().count()).isEqualTo(1);
            assertThat(batches.unreadable().problems())
                    .singleElement()
                    .asString()
                    .contains("notes.txt")
                    .doesNotContain("\n");
        }
        try (var batches = Batches.validation(data, spec(EVERYTHING, 8, 2))) {
            batches.start(0);
            var labels = new ArrayList<Integer>();
            var colors = new HashSet<Float>();
            for (var batch = batches.next(); batch.isPresent(); batch = batches.next()) {
                for (int i = 0; i < batch.get().count(); i++) {
                    labels.add(batch.get().labels()[i]);
                    // The second pixel: the first is white.
                    colors.add(batch.get().images()[i * 192 + 3]);
                }
            }
            assertThat(labels).hasSize(20).isSorted();
            assertThat(colors).hasSize(20);
            batches.start(1);
            drain(batches, data);
            assertThat(batches.unreadable().count()).isEqualTo(1);
        }
    }

    /// Which a short training would never have met.
    @Test
    void photosOfTheDroppedRemainderAreNamedToo() throws IOException {
        var files = Pictures.pictures(10, 0, "cat", "dog");
        files.put("cat/notes.txt", "not a photo".getBytes(StandardCharsets.UTF_8));
        var data = Folder.open(Pictures.write(folder, files));

        for (int epoch = 0; epoch < 30; epoch++) {
            try (var batches = Batches.training(data, spec(Augmentation.NONE, 11, 1))) {
                batches.start(epoch);
                drain(batches, data);
                batches.readRest(epoch);
                assertThat(batches.unreadable().count()).isEqualTo(1);
            }
        }
    }

    @Test
    void aBatchWithoutAReadablePhotoEndsTraining() throws IOException {
        var text = "not a photo".getBytes(StandardCharsets.UTF_8);
        var data =
                Folder.open(Pictures.write(folder, Map.of("cat/a.jpeg", text, "dog/b.jpeg", text, "dog/c.jpeg", text)));
        try (var batches = Batches.training(data, spec(EVERYTHING, 3, 2))) {
            batches.start(0);
            assertThatThrownBy(batches::next)
                    .isInstanceOf(BadFileException.class)
                    .hasMessageContaining("none of the 3 photos of a batch can be read");
        }
        try (var batches = Batches.validation(data, spec(EVERYTHING, 2, 2))) {
            batches.start(0);
            assertThat(batches.next()).isEmpty();
            assertThat(batches.unreadable().count()).isEqualTo(3);
        }
    }

    @Test
    void aBatchLargerThanTheDataIsRefused() throws IOException {
        var data = shards();
        assertThatThrownBy(() -> Batches.training(data, spec(EVERYTHING, 111, 1)))
                .isInstanceOf(BadFileException.class)
                .hasMessage("shards: has 110 photos, too few for a batch of 111; use a batch of at most 110");
    }

    @Test
    void anArchiveThatIsCutWhileInUseIsAClearFailure() throws IOException {
        var data = shards();
        var tar = Files.readAllBytes(folder.resolve("a.tar"));
        Files.write(folder.resolve("a.tar"), Arrays.copyOf(tar, tar.length / 2));
        try (var batches = Batches.training(data, spec(EVERYTHING, 7, 2))) {
            assertThatThrownBy(() -> batches.start(0))
                    .isInstanceOf(BadFileException.class)
                    .hasMessageContaining("a.tar: has changed since it was indexed");
        }
    }

    @Test
    void closingStopsTheThreads() throws IOException {
        var before = threads();
        var batches = Batches.training(shards(), spec(EVERYTHING, 7, 5));
        batches.start(0);
        batches.next();
        assertThat(threads()).isEqualTo(before + 5);
        batches.close();
        assertThat(threads()).isEqualTo(before);
        batches.close();
        assertThatThrownBy(() -> batches.start(1)).isInstanceOf(IllegalStateException.class);
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("mobilenet4j-data"))
                .count();
    }

    @Test
    void whatIsKeptDecodedIsTheSame() throws IOException {
        var data = shards();
        try (var plain = Batches.training(data, spec(EVERYTHING, 7, 2))) {
            plain.start(0);
            var expected = drain(plain, data);
            // One photo takes 8 * 8 * 3 bytes and a little more: all, some, none.
            for (long budget : new long[] {1 << 20, 2000, 0}) {
                try (var cached = Batches.training(new DecodedCache(data, budget), spec(EVERYTHING, 7, 2))) {
                    for (int i = 0; i < 2; i++) {
                        cached.start(0);
                        assertThat(drain(cached, data)).isEqualTo(expected);
                    }
                }
            }
        }
    }
}
