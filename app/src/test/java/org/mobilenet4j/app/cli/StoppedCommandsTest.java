package org.mobilenet4j.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Commands in processes of their own that are asked to end, as Ctrl-C asks: they say so in one line, leave nothing
/// half-written, and a training goes on later.
class StoppedCommandsTest {
    private static final int STOPPED = 128 + 15;
    private static final int PATIENCE_SECONDS = 60;

    @TempDir
    private Path folder;

    private Path log = Path.of("log.txt");

    private Process start(Object... words) throws IOException {
        log = folder.resolve("log.txt");
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dmobilenet4j.vector=off",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.awt.headless=true",
                "--module-path",
                System.getProperty("jdk.module.path"),
                "--module",
                "org.mobilenet4j.app/" + Main.class.getName()));
        Stream.of(words).map(String::valueOf).forEach(command::add);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    /// Asks it to end.
    ///
    /// @return what it said
    private List<String> stop(Process process) throws IOException, InterruptedException {
        process.destroy();
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        return Files.readAllLines(log);
    }

    private void waitFor(Process process, Path file) throws InterruptedException {
        for (int i = 0; i < 20 * PATIENCE_SECONDS && process.isAlive() && !Files.exists(file); i++) {
            Thread.sleep(50);
        }
        assertThat(file).exists();
    }

    private List<String> left() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> !name.equals("log.txt") && !name.equals("photos"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void aTrainingKeepsWhatItHas() throws Exception {
        var photos = folder.resolve("photos");
        for (int c = 0; c < 2; c++) {
            var place = Files.createDirectories(photos.resolve("class" + c));
            for (int i = 0; i < 12; i++) {
                Samples.png(place.resolve(i + ".png"), 100L * c + i);
            }
        }
        var command = new Object[] {
            "train",
            photos,
            "--out",
            folder.resolve("my.safetensors"),
            "--network",
            "mobilenet-v1:0.25:32",
            "--batch",
            4,
            "--rate",
            0.01,
            "--epochs",
            100_000
        };

        var process = start(command);
        waitFor(process, folder.resolve("my-curves.png")); // an epoch is done
        var said = stop(process);

        assertThat(process.exitValue()).isEqualTo(STOPPED);
        assertThat(said.stream().filter(line -> line.contains("stopped")))
                .singleElement()
                .asString()
                .isEqualTo(said.getLast())
                .contains("my.checkpoint holds the training so far, and the same command with --resume goes on");
        assertThat(left()).containsExactly("my-curves.png", "my-metrics.csv", "my.checkpoint", "my.safetensors");

        assertThat(start(command).waitFor()).isEqualTo(1);
        assertThat(Files.readString(log)).contains("holds an unfinished training");
    }

    @Test
    void aFileIsWrittenWholeOrNotAtAll() throws Exception {
        for (int millis : List.of(300, 500, 700, 900, 1100)) {
            var process = start("convert", "default", folder.resolve("model.onnx"), "--float16");
            Thread.sleep(millis);
            stop(process);
            assertThat(left()).isSubsetOf("model.onnx");
            if (Files.deleteIfExists(folder.resolve("model.onnx"))) {
                break;
            }
        }
    }

    @Test
    void othersSayThatTheyWereStopped() throws Exception {
        var process = start("benchmark", "mobilenet-v1:0.25:32", "--seconds", 600, "--threads", 1);
        Thread.sleep(5_000);
        var said = stop(process);

        assertThat(process.exitValue()).isEqualTo(STOPPED);
        assertThat(said).last().isEqualTo("mobilenet: stopped");
    }

    /// A failure is no stop.
    @Test
    void aFailureSaysNothingOfStopping() throws Exception {
        var photos = folder.resolve("photos");
        for (int c = 0; c < 2; c++) {
            var place = Files.createDirectories(photos.resolve("class" + c));
            for (int i = 0; i < 8; i++) {
                Samples.png(place.resolve(i + ".png"), 100L * c + i);
            }
        }
        var process = start(
                "train",
                photos,
                "--out",
                folder.resolve("my.safetensors"),
                "--network",
                "mobilenet-v1:0.25:32",
                "--batch",
                4,
                "--rate",
                1e30,
                "--set",
                "clip-norm=0",
                "--epochs",
                50);

        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(Files.readString(log)).contains("diverged").doesNotContain("stopped");
    }
}
