package org.mobilenet4j.app.cli.embed;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mobilenet4j.DefaultModel;
import org.mobilenet4j.app.cli.Run;
import org.mobilenet4j.classify.Embedder;

class EmbedCommandTest {
    @TempDir
    private Path folder;

    private Path photos = Path.of("");

    @BeforeEach
    void draw() throws IOException {
        photos = Files.createDirectories(folder.resolve("photos"));
        photo("blue.png", Color.BLUE, 20);
        photo("red.png", Color.RED, 20);
        photo("red-too.png", Color.RED, 22);
    }

    private void photo(String name, Color color, int side) throws IOException {
        var picture = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
        var graphics = picture.createGraphics();
        graphics.setColor(color);
        graphics.fillOval(20, 20, side, side);
        graphics.dispose();
        ImageIO.write(picture, "png", photos.resolve(name).toFile());
    }

    @Test
    void numPyReadsWhatTheEmbedderGives() throws IOException {
        var file = folder.resolve("features.npy");
        var run = Run.of("embed", photos, "--out", file);

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out()).contains("3 embeddings");
        var bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(bytes.get()).isEqualTo((byte) 0x93);
        bytes.position(8);
        int header = bytes.getShort();
        assertThat((10 + header) % 64).isZero();
        var text = new byte[header];
        bytes.get(text);
        var embedder = Embedder.open(DefaultModel.load());
        assertThat(new String(text, StandardCharsets.US_ASCII))
                .startsWith("{'descr': '<f4', 'fortran_order': False, 'shape': (3, " + embedder.size() + "), }")
                .endsWith("\n");
        for (var name : new String[] {"blue.png", "red-too.png", "red.png"}) {
            for (float value : embedder.embed(photos.resolve(name))) {
                assertThat(bytes.getFloat()).isEqualTo(value);
            }
        }
        assertThat(bytes.hasRemaining()).isFalse();
    }

    @Test
    void csvAndJsonHaveTheFilesBesideTheValues() throws IOException {
        var csv = folder.resolve("features.csv");
        var json = folder.resolve("features.json");

        assertThat(Run.of("embed", photos, "--out", csv).exit()).isZero();
        assertThat(Run.of("embed", photos, "--out", json).exit()).isZero();

        var rows = Files.readAllLines(csv);
        assertThat(rows).hasSize(3);
        assertThat(rows.getFirst()).startsWith(photos.resolve("blue.png") + ",");
        var printed = Run.of("embed", photos, "--format", "json");
        assertThat(Files.readString(json)).isEqualTo(printed.out());
        assertThat(printed.json().get(2).get("embedding"))
                .hasSize(rows.getFirst().split(",").length - 1);
    }

    @Test
    void theNearestPhotoIsTheOneThatIsAlike() {
        var run = Run.of("embed", photos.resolve("red.png"), "--nearest", 1, "--in", photos, "--format", "json");

        assertThat(run.exit()).as(run.err()).isZero();
        var nearest = run.json().get(0).get("nearest");
        assertThat(nearest).hasSize(1);
        assertThat(nearest.get(0).get("file").asString()).endsWith("red-too.png");
        assertThat(nearest.get(0).get("similarity").asDouble()).isBetween(0.5, 1.0);
        assertThat(Run.of("embed", photos.resolve("red.png"), "--nearest", 9, "--in", photos)
                        .out()
                        .lines())
                .hasSize(3);
    }

    @Test
    void badInputIsOneLine() throws IOException {
        var red = photos.resolve("red.png");
        var nothing = Files.writeString(folder.resolve("no.png"), "no photo");
        assertThat(Run.of("embed", red, "--nearest", "3").exit()).isEqualTo(2);
        var unknown = Run.of("embed", red, "--out", folder.resolve("features.txt"));
        assertThat(unknown.exit()).isEqualTo(1);
        assertThat(unknown.errLines()).hasSize(1).first().asString().contains(".csv, .json or .npy");
        var empty = Run.of("embed", nothing, "--out", folder.resolve("features.npy"));
        assertThat(empty.exit()).isEqualTo(1);
        assertThat(folder.resolve("features.npy")).doesNotExist();
    }
}
