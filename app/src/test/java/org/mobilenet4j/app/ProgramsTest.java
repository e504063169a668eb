package org.mobilenet4j.app;

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
import org.mobilenet4j.app.cli.Samples;
import org.mobilenet4j.classify.Classifier;
import org.mobilenet4j.formats.dataset.boxes.AnnotationFiles;
import org.mobilenet4j.model.file.Models;

/// The programs in `examples/programs`, compiled and run as a user would, on the class path.
class ProgramsTest {
    private static final Path EXAMPLES = Path.of("..", "examples");
    private static final Path PHOTO = EXAMPLES.resolve("orange.png");

    @TempDir
    private Path folder;

    @TempDir
    private Path classes;

    private List<String> run(String name, Object... arguments) throws Exception {
        var source = EXAMPLES.resolve("programs").resolve(name + ".java");
        var run = new Program(List.of(source), classes).onClassPath(name, arguments);
        assertThat(run.exit()).as(String.join("\n", run.lines())).isZero();
        return run.lines();
    }

    /// Photos of squares, a folder for each of their colors.
    private Path photos(int each) throws IOException {
        var random = new Random(5);
        for (var color : List.of(Color.BLUE, Color.GREEN, Color.RED)) {
            var photos = Files.createDirectories(folder.resolve("photos").resolve("color" + color.getRGB()));
            for (int i = 0; i < each; i++) {
                var picture = new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB);
                var graphics = picture.createGraphics();
                graphics.setColor(new Color(random.nextInt(1 << 24)));
                graphics.fillRect(0, 0, 40, 40);
                graphics.setColor(color);
                graphics.fillRect(random.nextInt(10), random.nextInt(10), 30, 30);
                graphics.dispose();
                ImageIO.write(picture, "png", photos.resolve(i + ".png").toFile());
            }
        }
        return folder.resolve("photos");
    }

    @Test
    void classifyPhoto() throws Exception {
        assertThat(run("ClassifyPhoto", PHOTO)).hasSize(3).first().asString().matches("orange \\(\\d\\d\\.\\d %\\)");
    }

    @Test
    void classifyWithModel() throws Exception {
        var model = folder.resolve("model.tflite");
        Models.write(Models.read(Samples.model(folder)), model);

        var best = Classifier.open(model).classify(PHOTO, 1).getFirst();
        assertThat(run("ClassifyWithModel", model, PHOTO))
                .hasSize(3)
                .first()
                .asString()
                .matches(best.label() + " +0\\.\\d{3}");
    }

    @Test
    void shareByThreads() throws Exception {
        assertThat(run("ShareByThreads", PHOTO)).hasSize(1).first().asString().startsWith("1000 threads: orange (");
    }

    @Test
    void similarPhotos() throws Exception {
        try (var pictures = Files.newDirectoryStream(EXAMPLES, "*.png")) {
            for (var picture : pictures) {
                Files.copy(picture, folder.resolve(picture.getFileName()));
            }
        }
        var best = run("SimilarPhotos", folder, PHOTO);
        assertThat(best).hasSize(5).first().isEqualTo("1.000  " + folder.resolve("orange.png"));
        assertThat(best.get(1)).matches(".*(lemon|banana)\\.png");
    }

    @Test
    void trainFromScratch() throws Exception {
        var file = folder.resolve("my.safetensors");
        var said = run("TrainFromScratch", photos(12), file, 2);

        assertThat(said.get(0)).matches("epoch 1: loss \\d+\\.\\d+, top-1 \\d+\\.\\d %, \\d+\\.\\d s");
        assertThat(said.get(2)).matches("Fit\\[mobilenet-v1-0\\.25-64, 3 classes, top-1 \\d+\\.\\d % of 3 photos]");
        assertThat(Models.read(file).classes()).isEqualTo(3);
    }

    @Test
    void fineTuneHead() throws Exception {
        var photos = photos(12);
        Files.writeString(photos.resolve("color" + Color.RED.getRGB()).resolve("notes.jpg"), "buy milk");
        var file = folder.resolve("my.tflite");

        var said = run("FineTuneHead", photos, file);
        assertThat(said).anyMatch(line -> line.contains("3 classes, top-1 100.0 %"));
        var classifier = Classifier.open(file);
        for (var color : classifier.plan().model().labels()) {
            var best = classifier.classify(photos.resolve(color).resolve("0.png"), 1);
            assertThat(best.getFirst().label()).isEqualTo(color);
        }
    }

    @Test
    void quantizeModel() throws Exception {
        var file = folder.resolve("small.tflite");
        var said = run("QuantizeModel", Samples.model(folder), photos(3), file);

        assertThat(said).containsExactly("Model[mobilenet-v1-0.25-32 on 32x32x3, 7 classes, quantized]");
        assertThat(Models.read(file).quantization()).isPresent();
    }

    @Test
    void countCost() throws Exception {
        assertThat(run("CountCost"))
                .hasSize(4)
                .first()
                .asString()
                .contains("568,740,352 mult-adds", "4,231,976 parameters");
    }

    @Test
    void convertModel() throws Exception {
        var file = folder.resolve("model.onnx");
        var said = run("ConvertModel", Samples.model(folder), file);

        assertThat(said).first().isEqualTo("Model[mobilenet-v1-0.25-32 on 32x32x3, 7 classes]");
        assertThat(Models.read(file).labels()).isEqualTo(Samples.LABELS);
    }

    /// Photos as Tiny ImageNet has them, of our own pictures, of which every second class is to be found.
    private Path objects() throws IOException {
        var data = folder.resolve("objects");
        var boxes = new ArrayList<>(List.of("file,x0,y0,x1,y1"));
        for (var label : List.of("banana", "basketball", "lemon", "orange")) {
            for (int i = 0; i < 60; i++) {
                var name = label + "/" + label + "_" + i + ".png";
                var part = data.resolve(i % 2 == 0 ? "train" : "val").resolve(name);
                Files.createDirectories(part.getParent());
                Files.copy(EXAMPLES.resolve(label + ".png"), part);
                boxes.add(name + ",0,0,100,100");
            }
        }
        Files.write(data.resolve("boxes.csv"), boxes);
        return data;
    }

    @Test
    void composeScenesAndSlideOverThem() throws Exception {
        var scenes = folder.resolve("scenes");
        assertThat(run("ComposeScenes", objects(), scenes, 10, 2))
                .hasSize(3)
                .last()
                .asString()
                .matches("test: 2 scenes of 60 photos, \\d+ objects");

        var train = AnnotationFiles.open(scenes);
        assertThat(train.photos()).hasSize(10);
        assertThat(train.labels()).containsExactly("banana", "lemon");
        assertThat(train.notes()).isEmpty();
        assertThat(AnnotationFiles.validation(scenes).orElseThrow().photos()).hasSize(1);
        assertThat(run("SlidingWindow", folder.resolve("scenes#test"), 1))
                .last()
                .asString()
                .matches("mAP@\\.50 \\d+\\.\\d %, mAP@\\.50:\\.95 \\d+\\.\\d %, \\d+\\.\\d\\d s a photo");
    }

    @Test
    void peaksInBoxes() throws Exception {
        var photos = Files.createDirectories(folder.resolve("boxes").resolve("n1"));
        Files.copy(PHOTO, photos.resolve("a.png"));
        var boxes = Files.writeString(folder.resolve("b.csv"), "file,x0,y0,x1,y1\nn1/a.png,0,0,9999,9999\n");
        var names = Files.writeString(folder.resolve("c.csv"), "index,wnid,name\n3,n1,thing\n");

        assertThat(run("PeaksInBoxes", photos.getParent(), boxes, names))
                .contains("peak in the box, right class:      100.0 %", "the photo's center:                100.0 %");
    }

    @Test
    void everyProgramIsInTheListAndHere() throws IOException {
        var list = Files.readString(EXAMPLES.resolve("programs").resolve("README.md"));
        var tests = Files.readString(Path.of("src/test/java/org/mobilenet4j/app/ProgramsTest.java"));
        try (var files = Files.list(EXAMPLES.resolve("programs"))) {
            for (var file :
                    files.filter(file -> file.toString().endsWith(".java")).toList()) {
                assertThat(list).contains("(" + file.getFileName() + ")");
                assertThat(tests)
                        .contains("run(\"" + String.valueOf(file.getFileName()).replace(".java", "\""));
            }
        }
    }
}
