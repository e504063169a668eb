package org.mobilenet4j.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PeerProcessTest {
    @TempDir
    private Path folder = Path.of("");

    private PeerProcess start(String... args) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                CountingEngine.class.getName()));
        command.addAll(List.of(args));
        return PeerProcess.start("counting", command, Map.of(), folder.resolve("log"));
    }

    @Test
    void answersWhatItIsAsked() throws IOException {
        try (var process = start()) {
            process.first();
            assertThat(process.version()).isEqualTo("1.2 beta");
            assertThat(process.output()).containsExactly(1, 0, 1e-7f);
            assertThat(process.next()).isGreaterThan(19_000_000);
            assertThat(process.output()).containsExactly(2, 0, 1e-7f);

            process.warm();
            float warm = process.output()[0];
            assertThat(process.output()).containsExactly(warm, 1, 1e-7f);
            assertThat(warm).isGreaterThan(1);

            var times = process.round();
            assertThat(times.count()).isGreaterThanOrEqualTo(5);
            assertThat(process.output()[0]).isEqualTo(warm + 2 + times.count());
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void linuxSaysHowMuchMemoryItTook() throws IOException {
        try (var process = start()) {
            process.first();
            assertThat(process.peakRssMiB()).isBetween(10.0, 4000.0);
        }
    }

    @Test
    void aProcessThatEndsSaysWhyInOneLine() throws IOException {
        try (var process = start("broken")) {
            assertThatThrownBy(process::first)
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("counting: its process ended with status 1: ")
                    .hasMessageEndingWith("no such model");
            assertThatThrownBy(process::version).hasMessageContaining("no such model");
        }
    }
}
