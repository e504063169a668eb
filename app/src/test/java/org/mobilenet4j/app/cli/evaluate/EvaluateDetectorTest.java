package org.mobilenet4j.app.cli.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mobilenet4j.app.cli.Run;
import org.mobilenet4j.app.cli.Samples;
import org.mobilenet4j.app.cli.TileDetector;

class EvaluateDetectorTest {
    private static final Offset<Double> NEAR = within(1e-9);

    /// As many as the processors, and more photos than those.
    private static final int PHOTOS = 6;

    @TempDir
    private Path folder;

    private Path model = Path.of("");

    @BeforeEach
    void write() throws IOException {
        model = TileDetector.write(folder.resolve("tiles.safetensors"));
    }

    /// Photos with a red tile at row 1, column 2, where it is marked.
    private Path marked(String... more) throws IOException {
        var rows = new StringBuilder("file,label,x0,y0,x1,y1\n");
        for (int i = 0; i < PHOTOS; i++) {
            TileDetector.photo(folder.resolve(i + ".png"), 1, 2, Color.RED);
            rows.append(i).append(".png,A red one,40,10,60,20\n");
        }
        rows.append(String.join("\n", more));
        return Files.writeString(folder.resolve("boxes.csv"), rows);
    }

    @Test
    void whatIsMarkedAndFoundIsPrecise() throws IOException {
        var run = Run.of("evaluate", "--task", "detect", "--model", model, "--format", "json", marked());

        assertThat(run.exit()).as(run.err()).isZero();
        var json = run.json();
        assertThat(json.get("images").asInt()).isEqualTo(PHOTOS);
        assertThat(json.get("objects").asInt()).isEqualTo(PHOTOS);
        assertThat(json.get("coco").get("ap").asDouble()).isEqualTo(1, NEAR);
        assertThat(json.get("coco").get("arSmall").asDouble()).isEqualTo(1, NEAR);
        assertThat(json.get("coco").get("apLarge").isNull()).isTrue();
        assertThat(json.get("voc").get("map2007").asDouble()).isEqualTo(1, NEAR);
        assertThat(json.get("millisPerImage").asDouble()).isPositive();
        assertThat(json.get("classes")).hasSize(1);
        assertThat(json.get("classes").get(0).get("label").asString()).isEqualTo("a red one");
        assertThat(json.get("classes").get(0).get("coco").get("ap50").asDouble())
                .isEqualTo(1, NEAR);
    }

    /// Half of the objects are found, all precisely: 51 of 101 recalls are reached.
    @Test
    void whatIsMissedLowersRecall() throws IOException {
        var more = new String[PHOTOS];
        for (int i = 0; i < PHOTOS; i++) {
            more[i] = i + ".png,a red one,0,0,20,10";
        }

        var run = Run.of("evaluate", "--model", model, "--min-score", "0.5", "--format", "json", marked(more));

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.json().get("coco").get("ap").asDouble()).isEqualTo(51 / 101.0, NEAR);
        assertThat(run.json().get("coco").get("ar100").asDouble()).isEqualTo(0.5, NEAR);
        assertThat(run.json().get("voc").get("map2010").asDouble()).isEqualTo(0.5, NEAR);
        assertThat(run.json().get("voc").get("map2007").asDouble()).isEqualTo(6 / 11.0, NEAR);
    }

    @Test
    void textIsATable() throws IOException {
        var run = Run.of("evaluate", "--model", model, marked("0.png,class 1,0,0,20,10"));

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out().lines().map(String::strip))
                .anyMatch(line -> line.matches("a red one +6 +100.0 % +100.0 % +100.0 % +100.0 % +- +- +100.0 %"))
                .anyMatch(line -> line.matches("class 1 +1 .*"))
                .anyMatch(line -> line.matches("all +7 .*"))
                .anyMatch(line -> line.matches("6 photos, [0-9.]+ a second, float arithmetic"));
    }

    @Test
    void curvesAreDrawn() throws IOException {
        var out = folder.resolve("curves.png");

        var run = Run.of("evaluate", "--model", model, "--curves", out, marked("0.png,class 1,0,0,20,10"));

        assertThat(run.exit()).as(run.err()).isZero();
        var picture = ImageIO.read(out.toFile());
        assertThat(picture.getWidth()).isEqualTo(900);
        // The mean is the only thick black line.
        int thick = 0;
        for (int x = 0; x < picture.getWidth(); x++) {
            for (int y = 0; y + 3 < picture.getHeight(); y++) {
                if (isBlack(picture.getRGB(x, y)) && isBlack(picture.getRGB(x, y + 2))) {
                    thick++;
                    break;
                }
            }
        }
        assertThat(thick).isGreaterThan(300);
    }

    private static boolean isBlack(int rgb) {
        return (rgb & 0xffffff) == 0;
    }

    @Test
    void badInputIsOneLine() throws IOException {
        var boxes = marked();

        fails(1, Run.of("evaluate", "--task", "detect", "--model", Samples.model(folder), boxes), "is no detector");
        fails(1, Run.of("evaluate", "--task", "classify", "--model", model, boxes), "is a detector");
        fails(1, Run.of("evaluate", "--model", model, "--curves", "x.jpg", boxes), ".png");
        fails(1, Run.of("evaluate", "--model", model, "--min-score", "NaN", boxes), "NaN");
        fails(2, Run.of("evaluate", "--model", model, "--confusion", "x.png", boxes), "this model is a detector");
        fails(2, Run.of("evaluate", "--model", model, boxes, boxes), "one set of photos");
        fails(2, Run.of("evaluate", "--model", Samples.model(folder), "--curves", "x.png", boxes), "is a classifier");
        fails(
                1,
                Run.of("evaluate", "--model", model, marked("0.png,a red on,0,0,20,10")),
                "'a red on' in ",
                "did you mean a red one?");
        var nothing = Files.writeString(folder.resolve("none.csv"), "file,label,x0,y0,x1,y1\n0.png,,,,,\n");
        fails(1, Run.of("evaluate", "--model", model, nothing), "none.csv");
    }

    @Test
    void whatIsNotMeasuredIsSaid() throws IOException {
        var boxes = marked();
        var photo = Files.readAllBytes(folder.resolve("3.png"));
        Files.write(folder.resolve("3.png"), Arrays.copyOf(photo, photo.length - 30));

        var run = Run.of("evaluate", "--model", model, boxes);

        fails(0, run, "1 photo unreadable, left out", "3.png");
        assertThat(run.out()).contains(PHOTOS - 1 + " photos, ");
    }

    private static void fails(int exit, Run run, String... says) {
        assertThat(run.errLines()).hasSize(1);
        assertThat(run.err()).contains(says);
        assertThat(run.exit()).isEqualTo(exit);
    }
}
