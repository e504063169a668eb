package org.mobilenet4j.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The pictures in `examples`: their program draws just these, and the network that comes with the command knows what
/// they show.
class ExamplesTest {
    private static final Path EXAMPLES = Path.of("..", "examples");

    /// Of 255; drawing differs a little from one release of Java to another.
    private static final double MEAN_DIFFERENCE = 1;

    @TempDir
    private Path folder;

    static List<Path> pictures() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return files.filter(file -> file.toString().endsWith(".png"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void theDefaultNetworkKnowsThem(Path picture) {
        var best = Run.of("classify", "--format", "json", picture)
                .json()
                .get(0)
                .get("predictions")
                .get(0);
        assertThat(best.get("label").asString().replace(' ', '-') + ".png")
                .isEqualTo(String.valueOf(picture.getFileName()));
    }

    @Test
    void theProgramDrawsThem() throws Exception {
        var draw = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.awt.headless=true",
                        EXAMPLES.resolve("Draw.java").toString(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        assertThat(draw.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(draw.exitValue()).as(Files.readString(folder.resolve("log"))).isZero();
        assertThat(pictures()).isNotEmpty();
        for (var picture : pictures()) {
            assertThat(difference(picture, folder.resolve(picture.getFileName())))
                    .as(picture.toString())
                    .isLessThan(MEAN_DIFFERENCE);
        }
    }

    private static double difference(Path one, Path other) throws IOException {
        var a = ImageIO.read(one.toFile());
        var b = ImageIO.read(other.toFile());
        assertThat(b.getWidth()).isEqualTo(a.getWidth());
        assertThat(b.getHeight()).isEqualTo(a.getHeight());
        double sum = 0;
        for (int y = 0; y < a.getHeight(); y++) {
            for (int x = 0; x < a.getWidth(); x++) {
                for (int shift = 0; shift < 24; shift += 8) {
                    sum += Math.abs((a.getRGB(x, y) >> shift & 255) - (b.getRGB(x, y) >> shift & 255));
                }
            }
        }
        return sum / (3.0 * a.getWidth() * a.getHeight());
    }
}
