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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mobilenet4j.data.Pictures;
import org.mobilenet4j.data.SampleReader;
import org.mobilenet4j.error.BadFileException;

class TarShardsTest {
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
        var data = TarShards.open(
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

    @Test
    void morePhotosThanTheBufferTakesAndMoreShardsThanAreOpenAtOnce() throws IOException {
        var shards = new ArrayList<Path>();
        for (int i = 0; i < 20; i++) {
            var files = new LinkedHashMap<String, byte[]>();
            for (int k = 0; k < 500; k++) {
                files.put((k % 2 == 0 ? "even/" : "odd/") + k, new byte[] {1});
            }
            shards.add(file(i + ".tar", Pictures.tar(files)));
        }
        var data = TarShards.open("shards", shards);

        assertThat(indices(data.shuffled(5))).doesNotHaveDuplicates().hasSize(10_000);
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
        var data = TarShards.open("shard", List.of(file("a.tar", oddTar())));

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

        var data = TarShards.open("shard", List.of(file("a.tar", tar.toByteArray())));

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
        assertThatThrownBy(() -> TarShards.open(file.toString(), List.of(file)))
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
                TarShards.open("bad", List.of(file("bad.tar", bytes)));
            } catch (BadFileException problem) {
                assertThat(problem.getMessage()).doesNotContain("\n");
                refused++;
            }
        }
        assertThat(refused).isBetween(100, 960);
    }

    @Test
    void tinyImagenet() throws IOException {
        var data = TarShards.open("val", List.of(Pictures.shared("tiny-imagenet/val.tar.gz")));

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
