package org.mobilenet4j.app.cli.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mobilenet4j.app.cli.Run;
import org.mobilenet4j.app.cli.Samples;

/// `mobilenet experiment` on a few drawn pictures: what it prints and writes, and what it says of bad input.
class ExperimentCommandTest {
    @TempDir
    private Path folder;

    private Path photos(String name, int each) throws IOException {
        var photos = folder.resolve(name);
        int seed = 0;
        for (var label : List.of("ant", "bee", "cat", "dog")) {
            var place = Files.createDirectories(photos.resolve(label));
            for (int i = 0; i < each; i++) {
                Samples.png(place.resolve(i + ".png"), seed++);
            }
        }
        return photos;
    }

    private Run run(String experiment, Object... more) throws IOException {
        var all = new ArrayList<Object>(List.of("experiment", experiment));
        all.addAll(List.of("--data", photos("train", 4), "--validation", photos("val", 2)));
        all.addAll(List.of("--out", folder.resolve("out"), "--seeds", 1, "--epochs", 1));
        all.addAll(List.of(more));
        if (!all.contains("--batch")) {
            all.addAll(List.of("--batch", 2));
        }
        return Run.of(all.toArray());
    }

    private static void assertFails(Run run, String says) {
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.errLines()).hasSize(1);
        assertThat(run.errLines().getFirst()).startsWith("mobilenet: ").contains(says);
    }

    @Test
    void printsATableWithConclusionsAndFigures() throws IOException {
        var run = run("table6", "--resolution", 32, "--classes-of", 2, "--per-class", 3, "--batch", 4);
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("1.0 MobileNet-32")
                .contains("0.25 MobileNet-32")
                .contains("Accuracy falls off with every step that the network becomes narrower.")
                .contains("cannot be said of one seed alone")
                .contains("rule: ");
        assertThat(run.err()).contains("4 of 4 runs to do").contains("run 4/4: 0.25 MobileNet-32, seed 1: top-1");
        var out = folder.resolve("out");
        assertThat(Files.readAllLines(out.resolve("table6.csv"))).hasSize(5);
        for (var figure : List.of("figure4.png", "figure5.png")) {
            assertThat(ImageIO.read(out.resolve(figure).toFile()).getWidth()).isGreaterThan(400);
        }

        var json = run(
                "table6", "--resolution", 32, "--classes-of", 2, "--per-class", 3, "--batch", 4, "--format", "json");
        assertThat(json.err()).isEmpty();
        assertThat(json.json().get("finished").asBoolean()).isTrue();
        assertThat(json.json().get("protocol").get("classes").asString()).isEqualTo("2: ant, cat");
        assertThat(json.json().get("protocol").get("photos").asString()).isEqualTo("6");
        assertThat(json.json().get("rows").size()).isEqualTo(4);
        assertThat(json.json().get("rows").get(0).get("top1Deviation").isNull()).isTrue();
        assertThat(json.json().get("conclusions").get(0).get("verdict").asString())
                .isEqualTo("OPEN");

        assertFails(
                run("table6", "--resolution", 32, "--classes-of", 2, "--per-class", 4),
                "made with the photos 6, not 8; give the same, or another --out");
    }

    @Test
    void listsWhatItWouldDo() throws IOException {
        var run = run("table5", "--resolution", 32, "--dry-run");
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("0.75 MobileNet")
                .contains("Shallow MobileNet")
                .contains("time left: about");
        var whole = run("quantization", "--resolution", 32, "--dry-run", "--format", "json")
                .json();
        assertThat(whole.size()).isEqualTo(5);
        assertThat(whole.get(4).get("label").asString()).isEqualTo("0.5 MobileNet-32, int8 per-channel, trained");
        assertThat(whole.get(4).get("epochs").asInt()).isEqualTo(2);
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void saysWhatIsWrong() throws IOException {
        assertFails(run("table9"), "there is no experiment called table9");
        assertFails(run("table6", "--classes-of", 5), "has 4 classes, not the 5 of --classes-of");
        assertFails(run("table7", "--resolution", 40), "from 32x32 up");
        assertFails(run("table6", "--batch", 100), "too few for a batch of 100");
        assertFails(
                Run.of("experiment", "table6", "--data", folder.resolve("none"), "--out", folder.resolve("out")),
                "none");
        assertFails(
                Run.of("experiment", "table6", "--data", photos("train", 2), "--out", folder.resolve("out")),
                "has no validation photos");
        assertThat(Run.of("experiment", "table6", "--out", "x").exit()).isEqualTo(2);
        assertThat(folder.resolve("out/protocol.json")).doesNotExist();
    }
}
