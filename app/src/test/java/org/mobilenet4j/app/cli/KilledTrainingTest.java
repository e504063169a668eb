package org.mobilenet4j.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A training in a process of its own that is killed at twenty random moments and resumed each time ends with the bytes
/// of an unbroken one.
class KilledTrainingTest {
    private static final int KILLS = 20;
    private static final int EPOCHS = 60;
    private static final int MOST_MILLIS = 1_500;

    @TempDir
    private Path folder;

    @Test
    void endsAsIfNothingHadHappened() throws Exception {
        var photos = folder.resolve("photos");
        for (int c = 0; c < 2; c++) {
            var place = Files.createDirectories(photos.resolve("class" + c));
            for (int i = 0; i < 12; i++) {
                Samples.png(place.resolve(i + ".png"), 100L * c + i);
            }
        }
        var whole = folder.resolve("whole.safetensors");
        assertThat(start(photos, whole).waitFor()).as(log()).isZero();

        var broken = folder.resolve("broken.safetensors");
        var random = new Random(4);
        int killed = 0;
        while (killed < KILLS) {
            var process = start(photos, broken);
            boolean isDone = process.waitFor(300 + random.nextInt(MOST_MILLIS), TimeUnit.MILLISECONDS);
            if (isDone) { // it came to its end: what it left is to be broken again from the start
                assertThat(process.exitValue()).as(log()).isZero();
                Files.delete(folder.resolve("broken.checkpoint"));
                continue;
            }
            process.destroyForcibly().waitFor();
            killed++;
        }
        assertThat(start(photos, broken).waitFor()).as(log()).isZero();

        assertThat(broken).hasSameBinaryContentAs(whole);
        try (var left = Files.list(folder)) {
            assertThat(left.filter(path -> path.toString().endsWith("broken.checkpoint")))
                    .hasSize(1);
        }
    }

    /// What the last process said.
    private String log() throws IOException {
        return Files.readString(folder.resolve("log.txt")).replace("%", "%%");
    }

    /// Goes on where there is a checkpoint.
    private Process start(Path photos, Path out) throws IOException {
        var name = String.valueOf(out.getFileName());
        var checkpoint = folder.resolve(name.replace(".safetensors", ".checkpoint"));
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dmobilenet4j.vector=off",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.awt.headless=true",
                "--module-path",
                System.getProperty("jdk.module.path"),
                "--module",
                "org.mobilenet4j.app/" + Main.class.getName(),
                "train",
                photos.toString(),
                "--out",
                out.toString(),
                "--network",
                "mobilenet-v1:0.25:32",
                "--threads",
                "2",
                "--batch",
                "4",
                "--rate",
                "0.01",
                "--epochs",
                String.valueOf(EPOCHS)));
        if (Files.exists(checkpoint)) {
            command.add("--resume");
        }
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log.txt").toFile())
                .start();
    }
}
