package org.mobilenet4j.app.cli.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mobilenet4j.app.cli.Run;
import org.mobilenet4j.app.cli.TileDetector;

class ExplainCommandTest {
    private static final Path ORANGE = Path.of("..", "examples", "orange.png");

    @TempDir
    private Path folder;

    @Test
    void jsonHasTheMapAndItsMeanIsTheLogitLessTheRest() {
        var run = Run.of("explain", ORANGE, "--format", "json");

        assertThat(run.exit()).as(run.err()).isZero();
        var classified = Run.of("classify", ORANGE, "--top", "1", "--format", "json")
                .json()
                .get(0)
                .get("predictions")
                .get(0);
        var seen = run.json().get(0).get("explanation");
        assertThat(seen.get("index")).isEqualTo(classified.get("index"));
        assertThat(seen.get("label")).isEqualTo(classified.get("label"));
        assertThat(seen.get("probability")).isEqualTo(classified.get("probability"));
        var map = seen.get("map");
        int pixels = map.get("height").asInt() * map.get("width").asInt();
        assertThat(map.get("values")).hasSize(pixels);
        double sum = 0;
        for (var value : map.get("values")) {
            sum += value.asDouble();
        }
        assertThat(seen.get("logit").asDouble() - seen.get("rest").asDouble()).isCloseTo(sum / pixels, within(1e-4));
    }

    @Test
    void anyClassIsFoundByLabelOrIndexAndDrawn() throws IOException {
        var picture = folder.resolve("seen.png");
        var run = Run.of("explain", "--class", "lemon", "--overlay", picture, ORANGE);

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out()).contains("lemon").contains("seen most around").contains("drawn to " + picture);
        var photo = ImageIO.read(ORANGE.toFile());
        var drawn = ImageIO.read(picture.toFile());
        assertThat(drawn.getWidth()).isEqualTo(photo.getWidth());
        assertThat(drawn.getHeight()).isEqualTo(photo.getHeight());
        var json = Run.of("explain", "--class", "0", ORANGE, "--format", "json").json();
        assertThat(json.get(0).get("explanation").get("index").asInt()).isZero();
    }

    @Test
    void aFolderGivesAPictureEach() throws IOException {
        var photos = Files.createDirectories(folder.resolve("photos"));
        Files.copy(ORANGE, photos.resolve("a.png"));
        Files.copy(ORANGE, photos.resolve("b.png"));
        Files.writeString(photos.resolve("c.png"), "no photo");
        var out = folder.resolve("seen");

        var run = Run.of("explain", photos, "--overlay", out);

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.errLines()).hasSize(1);
        assertThat(out.resolve("a.png")).exists();
        assertThat(out.resolve("b.png")).exists();
    }

    @Test
    void badInputIsOneLine() throws IOException {
        var detector = TileDetector.write(folder.resolve("colors.safetensors"));
        assertFails(Run.of("explain", "--model", detector, ORANGE), "is a detector");
        assertFails(Run.of("explain", "--class", "lemmon", ORANGE), "did you mean lemon?");
        assertFails(Run.of("explain", "--class", "200", ORANGE), "there is no class 200");
        assertFails(Run.of("explain", ORANGE, "--overlay", folder.resolve("seen.jpg")), "pictures are PNG files");
    }

    private static void assertFails(Run run, String why) {
        assertThat(run.exit()).as(run.err()).isEqualTo(1);
        assertThat(run.errLines()).hasSize(1).first().asString().contains(why);
    }
}
