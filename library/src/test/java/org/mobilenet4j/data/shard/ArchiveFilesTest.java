package org.mobilenet4j.data.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mobilenet4j.data.DataSet;
import org.mobilenet4j.data.Pictures;
import org.mobilenet4j.data.SampleReader;
import org.mobilenet4j.error.BadFileException;

class ArchiveFilesTest {
    private static final String DEEP = "cat/" + "folder/".repeat(20) + "1.png";

    @TempDir
    Path folder;

    private Path file(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private static List<Integer> indices(SampleReader reader) throws IOException {
        var indices = new ArrayList<Integer>();
        try (reader) {
            for (var sample = reader.next(); sample.isPresent(); sample = reader.next()) {
                indices.add(sample.get().index());
            }
        }
        return indices;
    }

    @Test
    void everyPhotoOnceInAnOrderOfTheSeed() throws IOException {
        var data = ArchiveFiles.open(
                "shards",
                List.of(
                        file("a.tar", Pictures.tar(Pictures.pictures(20, 0, "dog", "cat"))),
                        file("b.tar.gz", Pictures.gzip(Pictures.tar(Pictures.pictures(10, 40, "eel", "cat"))))));
        var all = IntStream.range(0, 60).boxed().toList();

        assertThat(data.labels()).containsExactly("cat", "dog", "eel");
        assertThat(data.counts()).containsExactly(30, 20, 10);
        assertThat(indices(data.inOrder())).isEqualTo(all);
        var order = indices(data.shuffled(1));
        assertThat(order).containsExactlyInAnyOrderElementsOf(all).isNotEqualTo(all);
        assertThat(indices(data.shuffled(1))).isEqualTo(order);
        assertThat(indices(data.shuffled(2))).isNotEqualTo(order);
        try (var reader = data.shuffled(1)) {
            for (int index : order) {
                var sample = reader.next().orElseThrow();
                assertThat(sample.label()).isEqualTo(data.label(index));
                assertThat(sample.name()).contains("/" + data.labels().get(sample.label()) + "_" + index);
                assertThat(sample.photo().decode().at(1, 1, 0)).isEqualTo(index);
            }
        }
    }

    /// Long names and all kinds of entries.
    static byte[] oddTar() throws IOException {
        var tar = new ByteArrayOutputStream();
        add(tar, "cat/", 0, '5', new byte[0]);
        add(tar, "././@LongLink", DEEP.length() + 1, 'L', (DEEP + "\0").getBytes(StandardCharsets.UTF_8));
        add(tar, DEEP.substring(0, 99), 3, '0', new byte[] {1, 2, 3});
        var pax = "18 path=dög/2.png\n12 size=600\n".getBytes(StandardCharsets.UTF_8);
        add(tar, "PaxHeader", pax.length, 'x', pax);
        add(tar, "short", 5, '0', new byte[600]);
        add(tar, "pax_global_header", 4, 'g', "none".getBytes(StandardCharsets.UTF_8));
        add(tar, "cat/link", 700, '2', new byte[0]);
        add(tar, "./cat/3.png", 1, '\0', new byte[1]);
        add(tar, "README", 1, '0', new byte[1]);
        add(tar, "cat/._3.png", 1, '0', new byte[1]);
        tar.write(new byte[1024]);
        return tar.toByteArray();
    }

    @Test
    void longNamesAndOtherEntries() throws IOException {
        var data = ArchiveFiles.open("shard", List.of(file("a.tar", oddTar())));

        assertThat(data.labels()).containsExactly("cat", "dög");
        try (var reader = data.inOrder()) {
            assertThat(reader.next().orElseThrow().name()).endsWith("a.tar:" + DEEP);
            assertThat(reader.next().orElseThrow().name()).endsWith("a.tar:dög/2.png");
            assertThat(reader.next().orElseThrow().name()).endsWith("a.tar:./cat/3.png");
            assertThat(reader.next()).isEmpty();
        }
    }

    /// A folder's long name and size are not those of the file that follows it.
    @Test
    void namesAndSizesOfFoldersEndWithThem() throws IOException {
        var tar = new ByteArrayOutputStream();
        var folder = "eel/" + "x".repeat(120) + "/";
        add(tar, "././@LongLink", folder.length(), 'L', folder.getBytes(StandardCharsets.UTF_8));
        add(tar, "eel/", 0, '5', new byte[0]);
        add(tar, "cat/1.png", 3, '0', new byte[3]);
        var pax = "12 size=600\n".getBytes(StandardCharsets.UTF_8);
        add(tar, "PaxHeader", pax.length, 'x', pax);
        add(tar, "eel/", 0, '5', new byte[600]);
        add(tar, "dog/2.png", 3, '0', new byte[3]);
        add(tar, "cat/3.png", 3, '0', new byte[3]);
        tar.write(new byte[1024]);

        var data = ArchiveFiles.open("shard", List.of(file("a.tar", tar.toByteArray())));

        try (var pass = data.inOrder()) {
            assertThat(pass.next().orElseThrow().name()).endsWith("a.tar:cat/1.png");
            assertThat(pass.next().orElseThrow().name()).endsWith("a.tar:dog/2.png");
            assertThat(pass.next().orElseThrow().name()).endsWith("a.tar:cat/3.png");
            assertThat(pass.next()).isEmpty();
        }
    }

    private static void add(ByteArrayOutputStream tar, String name, long size, char type, byte[] content)
            throws IOException {
        tar.write(Pictures.header(name, size, type));
        tar.write(content);
        tar.write(new byte[-content.length & 511]);
    }

    @Test
    void hugeClaimsAreRefusedUnread() throws IOException {
        refused(Pictures.header("cat/1.png", 65L << 20, '0'), "cat/1.png claims 68157440 bytes, above the limit");
        refused(Pictures.header("x", 1L << 32, 'L'), "a long name claims 4294967296 bytes, above the limit");
        var large = Pictures.header("cat/1.png", 0, '0');
        Arrays.fill(large, 124, 136, (byte) 0xff);
        refused(Pictures.sign(large), "a header has an invalid number");
        refused("no tar at all".repeat(100).getBytes(StandardCharsets.UTF_8), "is not a tar archive");
        refused(new byte[0], "is cut short");
        refused("PK\3\4 and no more".getBytes(StandardCharsets.UTF_8), "is a damaged zip archive");
        refused(new byte[1024], "has no photos in folders");
        var whole = Pictures.tar(Pictures.pictures(1, 0, "cat", "dog"));
        refused(Arrays.copyOf(whole, 700), "is cut short");
        var zipped = Pictures.gzip(whole);
        refused(Arrays.copyOf(zipped, zipped.length / 2), "is cut short");
        refused(Pictures.tar(Pictures.pictures(3, 0, "cat")), "has only one class");
    }

    @Test
    void memoryIsNotTakenForWhatGzipMadeOfLittle() throws IOException {
        var tar = Pictures.tar(Map.of("cat/1.png", new byte[9_000_000]));

        refused(Pictures.gzip(tar), "cat/1.png claims 9000000 bytes in a file of ");
    }

    @Test
    void namesAreQuotedOnOneLine() throws IOException {
        refused(Pictures.header("cat/\u001b[31m\n.png", 65L << 20, '0'), "cat/?[31m?.png claims");
    }

    private void refused(byte[] archive, String problem) throws IOException {
        var file = file("bad.tar", archive);
        assertThatThrownBy(() -> ArchiveFiles.open(file.toString(), List.of(file)))
                .isInstanceOf(BadFileException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(problem);
    }

    @Test
    void damagedArchivesAreReadOrRefused() throws IOException {
        var random = new Random(3);
        var tar = Pictures.tar(Pictures.pictures(2, 0, "cat", "dog"));
        var zipped = Pictures.gzip(tar);
        int refused = 0;
        for (int i = 0; i < 1000; i++) {
            var bytes = (i % 3 == 0 ? zipped : tar).clone();
            for (int k = random.nextInt(4); k >= 0; k--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            if (i % 3 == 1) {
                // Headers whose checksum is right reach the code behind it.
                Pictures.sign(bytes, 0);
            }
            try {
                ArchiveFiles.open("bad", List.of(file("bad.tar", bytes)));
            } catch (BadFileException problem) {
                assertThat(problem.getMessage()).doesNotContain("\n");
                refused++;
            }
        }
        assertThat(refused).isBetween(100, 960);
    }

    /// What is passed over counts too, so that little cannot take long.
    @Test
    void skippedEntriesCountTowardTheRatio() throws IOException {
        var files = new LinkedHashMap<String, byte[]>();
        files.put("README", new byte[9_000_000]);
        files.putAll(Pictures.pictures(1, 0, "cat", "dog"));

        refused(Pictures.gzip(Pictures.tar(files)), "more than pictures compress");
    }

    /// In memory, in part and wholly in a scratch file, plain and zipped: the same photos in the same order.
    @Test
    void wherePhotosLieChangesNothing() throws IOException {
        var pictures = Pictures.pictures(20, 0, "dog", "cat");
        var tar = Pictures.tar(pictures);
        var expected = colors(ArchiveFiles.open("a", List.of(file("a.tar", tar))));

        var zipped = List.of(file("a.tgz", Pictures.gzip(tar)));
        int length = pictures.values().iterator().next().length;
        for (int memory : new int[] {0, length, 10 * length + 1, 1 << 20}) {
            assertThat(colors(ArchiveFiles.open("a", zipped, memory))).isEqualTo(expected);
        }
        assertThat(colors(ArchiveFiles.open("a", List.of(file("a.zip", Pictures.zip(pictures))))))
                .isEqualTo(expected);
    }

    private static List<Integer> colors(DataSet data) throws IOException {
        var colors = new ArrayList<Integer>();
        try (var reader = data.shuffled(3)) {
            for (var sample = reader.next(); sample.isPresent(); sample = reader.next()) {
                colors.add(sample.get().photo().decode().at(1, 1, 0) << 8
                        | sample.get().label());
            }
        }
        return colors;
    }

    /// Archives that are sorted by class, as `tar` makes them of folders: batches hold as many photos of each class as
    /// those of uniform permutations, and every place of a pass sees every part of the archives.
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void sortedArchivesAreShuffledUniformly(boolean gzipped) throws IOException {
        var archives = new ArrayList<Path>();
        for (int i = 0; i < 3; i++) {
            var files = new LinkedHashMap<String, byte[]>();
            for (int k = 0; k < 1000; k++) {
                files.put(k / 100 + "/" + i + "_" + k, new byte[] {1});
            }
            var tar = Pictures.tar(files);
            archives.add(file(i + ".tar", gzipped ? Pictures.gzip(tar) : tar));
        }
        var data = ArchiveFiles.open("shards", archives);
        var uniform = new Random(1);
        var order = IntStream.range(0, 3000).boxed().collect(Collectors.toCollection(ArrayList::new));
        var expected = new DoubleSummaryStatistics();
        for (int i = 0; i < 300; i++) {
            Collections.shuffle(order, uniform);
            expected.accept(unevenness(data, order));
        }

        for (int seed = 0; seed < 20; seed++) {
            var pass = indices(data.shuffled(seed));
            assertThat(pass).doesNotHaveDuplicates().hasSize(3000);
            assertThat(unevenness(data, pass)).isBetween(expected.getMin() * 0.95, expected.getMax() * 1.05);
            assertThat(correlation(pass)).isBetween(-0.08, 0.08);
        }
    }

    /// The sum over batches of 50 and ten classes of (count - 5) squared.
    private static double unevenness(DataSet data, List<Integer> pass) {
        double sum = 0;
        for (int batch = 0; batch < pass.size(); batch += 50) {
            var counts = new int[10];
            pass.subList(batch, batch + 50).forEach(photo -> counts[data.label(photo)]++);
            sum += Arrays.stream(counts).map(n -> (n - 5) * (n - 5)).sum();
        }
        return sum;
    }

    private static double correlation(List<Integer> pass) {
        double middle = (pass.size() - 1) / 2.0;
        double both = 0;
        double one = 0;
        for (int i = 0; i < pass.size(); i++) {
            both += (i - middle) * (pass.get(i) - middle);
            one += (i - middle) * (i - middle);
        }
        return both / one;
    }

    /// Folders around the classes, roots and what systems leave behind.
    @ParameterizedTest
    @ValueSource(strings = {"", "plain/", "a/b/", "/", "./", "/plain/"})
    void classesAreTheFirstFoldersThatBranch(String around) throws IOException {
        var files = new LinkedHashMap<String, byte[]>();
        for (var entry : Pictures.pictures(2, 0, "cat", "dog/deep").entrySet()) {
            files.put(around + entry.getKey(), entry.getValue());
        }
        files.put(around + "cat/@eaDir/1.jpg", new byte[1]);
        files.put(around + "cat/Thumbs.db", new byte[1]);
        files.put("__MACOSX/" + around + "cat/._1.png", new byte[1]);
        for (var bytes : List.of(Pictures.tar(files), Pictures.zip(files))) {
            var data = ArchiveFiles.open("a", List.of(file("a.archive", bytes)));

            assertThat(data.labels()).containsExactly("cat", "dog");
            assertThat(data.size()).isEqualTo(4);
        }
    }

    @Test
    void trainingAndValidationPhotosInOneArchive() throws IOException {
        var files = Pictures.pictures(3, 0, "my/Train/cat", "my/Train/dog");
        files.putAll(Pictures.pictures(1, 6, "my/test/cat", "my/test/dog", "my/val/cat", "my/val/dog"));
        var archive = List.of(file("a.tar", Pictures.tar(files)));

        var train = ArchiveFiles.open("a", archive);
        assertThat(train.labels()).containsExactly("cat", "dog");
        assertThat(train.size()).isEqualTo(6);
        var validation = ArchiveFiles.validation("a", archive).orElseThrow();
        assertThat(validation.labels()).containsExactly("cat", "dog");
        assertThat(validation.size()).isEqualTo(2);
        assertThat(validation.sample(0).name()).contains("my/val/");
        var plain = List.of(file("b.tar", Pictures.tar(Pictures.pictures(1, 0, "train", "val"))));
        assertThat(ArchiveFiles.open("b", plain).labels()).containsExactly("train", "val");
        assertThat(ArchiveFiles.validation("b", plain)).isEmpty();
    }

    /// Latin-1 names would all be one class.
    @Test
    void namesThatCannotBeDecodedAreRefused() throws IOException {
        var tar = Pictures.tar(Pictures.pictures(1, 0, "x1", "x2"));
        tar[0] = (byte) 0xe8;
        Pictures.sign(tar);

        refused(tar, "has characters that cannot be read; pack the archive again");
    }

    @Test
    void tinyImagenet() throws IOException {
        var data = ArchiveFiles.open("val", List.of(Pictures.shared("tiny-imagenet/val.tar.gz")));

        assertThat(data.size()).isEqualTo(5000);
        assertThat(data.labels()).hasSize(200).startsWith("n01443537").isSorted();
        assertThat(data.counts()).containsOnly(25);
        try (var reader = data.shuffled(1)) {
            for (int i = 0; i < 50; i++) {
                var sample = reader.next().orElseThrow();
                assertThat(sample.photo().decode().height()).isEqualTo(64);
            }
        }
    }
}
