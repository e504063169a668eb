package org.mobilenet4j.app.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mobilenet4j.app.cli.Run;
import org.mobilenet4j.model.file.ModelFile;

/// `mobilenet train --task detect` on a few drawn pictures: what it prints and writes, and what it says of bad input.
class TrainDetectorTest {
    private static final int PHOTOS = 12;

    @TempDir
    private Path folder;

    /// Squares on gray, of two colors.
    private Path marked() throws IOException {
        var random = new Random(1);
        var rows = new StringBuilder("file,label,x0,y0,x1,y1\n");
        for (int i = 0; i < PHOTOS; i++) {
            var picture = new BufferedImage(48, 40, BufferedImage.TYPE_INT_RGB);
            var pen = picture.createGraphics();
            pen.setColor(Color.GRAY);
            pen.fillRect(0, 0, 48, 40);
            int x = random.nextInt(24);
            int y = random.nextInt(20);
            pen.setColor(i % 2 == 0 ? Color.RED : Color.BLUE);
            pen.fillRect(x, y, 18, 16);
            pen.dispose();
            ImageIO.write(picture, "png", folder.resolve(i + ".png").toFile());
            rows.append(i + ".png," + (i % 2 == 0 ? "red" : "blue") + "," + x + "," + y + "," + (x + 18) + ","
                    + (y + 16) + "\n");
        }
        return Files.writeString(folder.resolve("boxes.csv"), rows);
    }

    private Run train(Path data, String... more) {
        return train("ssd-mobilenet-v1:0.25:32", data, more);
    }

    private Run train(String network, Path data, String... more) {
        var all = new ArrayList<Object>(List.of("train", "--task", "detect", data, "--out", out()));
        all.addAll(List.of("--network", network, "--threads", 2, "--batch", 4, "--epochs", 2));
        all.addAll(List.of(more));
        return Run.of(all.toArray());
    }

    private Path out() {
        return folder.resolve("squares.safetensors");
    }

    @Test
    void writesADetectorWithItsLabelsAndFigures() throws IOException {
        var run = train(marked(), "--mosaic", "0.5", "--validate-every", "1");
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.errLines())
                .anyMatch(line ->
                        line.startsWith("2 classes (") && line.endsWith("11 photos to learn from, 1 to validate on"))
                .anyMatch(
                        line -> line.matches("epoch 2/2: loss .*, mAP@.50 .* % in validation \\(mAP .* %\\), .* s.*"));
        assertThat(run.out()).contains("squares.safetensors: mAP@.50 ").contains(" on 1 validation photo");
        assertThat(folder.resolve("squares-metrics.csv")).content().startsWith("epoch,rate,loss,map50,map,seconds\n1,");
        assertThat(folder.resolve("squares-curves.png")).exists();
        var model = ModelFile.read(out());
        assertThat(model.labels()).containsExactlyInAnyOrder("blue", "red");
        assertThat(model.boxes().orElseThrow().classes()).isEqualTo(2);
        assertThat(model.notes()).containsKeys("trained on", "recipe", "augmentation", "loss");

        var found = Run.of("detect", "--model", out(), "--format", "json", folder.resolve("0.png"));
        assertThat(found.exit()).as(found.err()).isZero();
    }

    @Test
    void goesOnFromItsCheckpointAndTellsInJson() throws IOException {
        var data = marked();
        assertThat(train(data, "--pause-after", "1").exit()).isZero();
        var run = train(data, "--resume", "--format", "json");
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.json().get("epochs").asInt()).isEqualTo(2);
        assertThat(run.json().get("finished").asBoolean()).isTrue();
        assertThat(run.json().get("map50").asDouble()).isBetween(0.0, 1.0);
        assertThat(run.json().get("history")).hasSize(2);
        assertThat(run.json().get("history").get(0).get("map50").isNull()).isTrue();
    }

    @Test
    void whatDoesNotFitIsSaidInALine() throws IOException {
        var data = marked();
        assertFails(2, train(data, "--mixup", "0.2"), "--mixup is for classifiers; leave it out with --task detect");
        assertFails(1, train("mobilenet-v1:0.25:32", data), "mobilenet-v1-0.25-32 is no SSD on MobileNet");
        assertFails(1, train(data, "--loss", "hinge"), "--loss takes focal, mined or softmax, not hinge");
        assertFails(
                1, train(data, "--mosaic", "2"), "the probability of a mosaic must lie between 0 and 1, not at 2.0");
        var empty = Files.writeString(folder.resolve("empty.csv"), "file,label,x0,y0,x1,y1\n0.png,,,,,\n");
        assertFails(1, train(empty), "empty.csv");
        var other = Files.writeString(folder.resolve("other.csv"), "file,label,x0,y0,x1,y1\n0.png,green,1,1,9,9\n");
        assertFails(1, train(data, "--validation", other.toString()), "'green'");
    }

    private static void assertFails(int exit, Run run, String says) {
        assertThat(run.exit()).as(run.err()).isEqualTo(exit);
        assertThat(run.errLines()).filteredOn(line -> line.contains(says)).hasSize(1);
    }
}
