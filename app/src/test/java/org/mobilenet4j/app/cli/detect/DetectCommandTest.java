package org.mobilenet4j.app.cli.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mobilenet4j.app.cli.Run;
import org.mobilenet4j.app.cli.Samples;
import org.mobilenet4j.app.cli.TileDetector;

class DetectCommandTest {
    @TempDir
    private Path folder;

    private Path model = Path.of("");

    @BeforeEach
    void write() throws IOException {
        model = TileDetector.write(folder.resolve("colors.safetensors"));
    }

    private Path photo(String name, int row, int column, Color color) throws IOException {
        return TileDetector.photo(folder.resolve(name), row, column, color);
    }

    @Test
    void jsonHasLabelsScoresAndBoxes() throws IOException {
        var first = photo("a.png", 1, 2, Color.RED);
        var second = photo("b.png", 3, 0, Color.BLUE);

        var run = Run.of("detect", "--model", model, "--format", "json", first, second);

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.json()).hasSize(2);
        var photo = run.json().get(0);
        assertThat(photo.get("file").asString()).isEqualTo(first.toString());
        assertThat(photo.get("detections")).hasSize(1);
        var found = photo.get("detections").get(0);
        assertThat(found.get("label").asString()).isEqualTo("a red one");
        assertThat(found.get("score").asDouble()).isCloseTo(1 / (1 + Math.exp(-4)), within(1e-5));
        double[] edges = {10, 40, 20, 60};
        for (int i = 0; i < 4; i++) {
            assertThat(found.get("box").get(i).asDouble()).isCloseTo(edges[i], within(1e-3));
        }
        assertThat(run.json().get(1).get("detections").get(0).get("label").asString())
                .isEqualTo("class 1");
    }

    @Test
    void textSaysTheSame() throws IOException {
        var file = photo("a.png", 1, 2, Color.RED);

        var run = Run.of("detect", "--model", model, file);

        assertThat(run.out()).contains(file.toString()).contains("98.2 %  a red one  y 10 to 20, x 40 to 60");
        assertThat(Run.of("detect", "--model", model, "--min-score", "0.99", file)
                        .out())
                .contains("nothing");
    }

    @Test
    void aFolderIsLookedThroughAndDrawn() throws IOException {
        Files.createDirectories(folder.resolve("photos"));
        for (int i = 0; i < 6; i++) {
            photo("photos/" + i + ".png", i % 4, i % 3, Color.RED);
        }
        var drawn = folder.resolve("drawn");

        var run = Run.of("detect", "--model", model, folder.resolve("photos"), "--draw", drawn);

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out()).contains("6 photos");
        for (int i = 0; i < 6; i++) {
            var picture = ImageIO.read(drawn.resolve(i + ".png").toFile());
            assertThat(picture.getWidth()).isGreaterThanOrEqualTo(480);
            assertThat(picture.getWidth()).isEqualTo(2 * picture.getHeight());
        }
    }

    @Test
    void onePhotoIsDrawnToOneFile() throws IOException {
        var out = folder.resolve("out.png");

        assertThat(Run.of("detect", "--model", model, photo("a.png", 2, 1, Color.RED), "--draw", out)
                        .exit())
                .isZero();

        var picture = ImageIO.read(out.toFile());
        int zoom = picture.getWidth() / 80;
        var middle = new Color(picture.getRGB(30 * zoom, 25 * zoom));
        assertThat(middle).isEqualTo(Color.RED);
        var edge = new Color(picture.getRGB(30 * zoom, 30 * zoom - 2));
        assertThat(edge).isNotEqualTo(Color.RED).isNotEqualTo(Color.BLACK);
    }

    @Test
    void badInputIsOneLine() throws IOException {
        var file = photo("a.png", 1, 2, Color.RED);
        var classifier = Samples.model(folder);

        fails(Run.of("detect", "--model", classifier, file), "is no detector");
        fails(Run.of("classify", "--model", model, file), "is a detector");
        fails(Run.of("detect", "--model", model, file, file, "--draw", folder.resolve("x.png")), "2 photos");
        fails(Run.of("detect", "--model", model, file, "--draw", folder.resolve("x.jpg")), ".png");
        fails(Run.of("detect", "--model", model, "--min-score", "NaN", file), "NaN");
        var broken = Files.writeString(folder.resolve("broken.jpg"), "no photo");
        var run = Run.of("detect", "--model", model, broken, file);
        fails(run, "broken.jpg");
        assertThat(run.out()).contains("a red one");
    }

    private static void fails(Run run, String says) {
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.errLines()).hasSize(1);
        assertThat(run.err()).contains(says);
    }
}
