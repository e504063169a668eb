package org.mobilenet4j.installed;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mobilenet4j.app.cli.Samples;
import org.mobilenet4j.app.cli.TileDetector;

/// Every command once, as text and as JSON, in a process with the modules that the launcher starts. Other tests of
/// commands run in modules that surefire has opened, where a package that is closed to Jackson goes unnoticed.
class InstalledCommandsTest {
    /// Packaged, but for a build that stops at `test`.
    private static final String MODULES = System.getProperty("jdk.module.path");

    private static final String PULLED = "mobilenet_v1_0.25_128";

    private static final int EACH = 3;

    @TempDir
    private Path folder;

    private Path model;
    private Path photos;
    private Path labels;
    private Path detector;
    private Path boxes;

    @BeforeEach
    void write() throws IOException {
        model = Samples.model(folder);
        photos = folder.resolve("photos");
        var rows = new StringBuilder("file,label\n");
        for (var label : Samples.LABELS) {
            Files.createDirectories(photos.resolve(label));
            for (int i = 0; i < EACH; i++) {
                Samples.png(photos.resolve(label).resolve(i + ".png"), label.hashCode() + i);
                rows.append(label + "/" + i + ".png," + label + "\n");
            }
        }
        labels = Files.writeString(folder.resolve("labels.csv"), rows);
        detector = TileDetector.write(folder.resolve("tiles.safetensors"));
        TileDetector.photo(folder.resolve("tile.png"), 1, 2, Color.RED);
        boxes = Files.writeString(
                folder.resolve("boxes.csv"), "file,label,x0,y0,x1,y1\ntile.png,a red one,40,10,60,20\n");
    }

    /// Those that have what they need on this machine.
    ///
    /// @param out a folder for what they write
    private List<List<Object>> commands(Path out) {
        var photo = photos.resolve("ant").resolve("0.png");
        var data = List.of("--data", photos, "--validation", photos);
        return List.of(
                List.of("cost", "mobilenet-v1"),
                List.of("classify", photo),
                List.of("classify", "--model", model, photo, photo),
                List.of("evaluate", "--model", model, "--labels", labels, photos),
                List.of("detect", "--model", detector, folder.resolve("tile.png"), "--draw", out.resolve("drawn.png")),
                List.of("evaluate", "--model", detector, "--curves", out.resolve("curves.png"), boxes),
                List.of("convert", model, out.resolve("model.tflite")),
                List.of("inspect", model),
                List.of("benchmark", "mobilenet-v1:0.25:32", "--runs", 2, "--profile"),
                List.of("search", "--max-mult-adds", "200M", "--max-size", "6MB", "--by", "parameters"),
                joined(
                        List.of("train", photos, "--out", out.resolve("trained.safetensors"), "--batch", 7),
                        List.of("--network", "mobilenet-v1:0.25:32", "--epochs", 1)),
                joined(List.of("quantize", model, "--out", out.resolve("quantized.tflite")), data),
                List.of("prune", model, "--out", out.resolve("pruned.safetensors"), "--channels"),
                List.of("models"));
    }

    private static List<Object> joined(List<?>... parts) {
        return Stream.of(parts).<Object>flatMap(List::stream).toList();
    }

    /// Trains four networks, the slowest of all.
    private List<Object> experiment() {
        return joined(
                List.of("experiment", "table6", "--out", folder.resolve("runs"), "--seeds", 1, "--epochs", 1),
                List.of("--resolution", 32, "--batch", 2, "--classes-of", 2, "--per-class", 1),
                List.of("--data", photos, "--validation", photos));
    }

    private static String line(List<Object> command, String format) {
        return joined(command, List.of("--format", format)).stream()
                .map(String::valueOf)
                .collect(joining("\t"));
    }

    @Test
    void eachRunsInModulesThatAreClosed() throws Exception {
        var lines = new ArrayList<String>();
        for (var format : List.of("text", "json")) {
            for (var command : commands(Files.createDirectory(folder.resolve(format)))) {
                lines.add(line(command, format));
            }
        }
        lines.add(line(experiment(), "json"));
        // The archive is not what was published, which the command says after all else has gone well.
        Files.writeString(folder.resolve(PULLED + ".tgz"), "an archive");
        lines.add(line(List.of("pull", PULLED, "--mirror", folder), "json"));

        var printed = run(Files.write(folder.resolve("commands"), lines));

        assertThat(printed).hasSameSizeAs(lines).last().asString().contains(": 1, ", "is not what was published");
        assertThat(printed.subList(0, lines.size() - 1)).allMatch(line -> line.endsWith(": 0"));
    }

    /// As the launcher starts the short commands.
    private List<String> run(Path commands) throws IOException, InterruptedException {
        var output = folder.resolve("output");
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Djava.awt.headless=true",
                        "-Dmobilenet4j.vector=off",
                        "-Dmobilenet4j.cache=" + folder.resolve("cache"),
                        "--enable-native-access=org.mobilenet4j",
                        "--module-path",
                        MODULES,
                        "--add-modules=org.mobilenet4j.app",
                        "--add-opens=org.mobilenet4j.app/org.mobilenet4j.app.cli=ALL-UNNAMED",
                        "--class-path",
                        Path.of("target", "test-classes").toString(),
                        CommandLines.class.getName(),
                        commands.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
        return Files.readAllLines(output);
    }
}
