package org.mobilenet4j.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mobilenet4j.data.Pictures;

/// Lossy WebP against libwebp's pixels (`webp/make.py`). Brightness has to be the same but for rounding; colors, which
/// are stored at half the size and enlarged in another way, may differ at edges.
class LossyWebpTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "q5-m0",
                "q5-m4",
                "q5-m6",
                "q50-m0",
                "q50-m4",
                "q50-m6",
                "q90-m0",
                "q90-m4",
                "q90-m6",
                "one-pixel",
                "animated",
                "alpha"
            })
    void pixelsAreThoseOfLibwebp(String name) throws IOException {
        check(decode(name + ".webp"), decode(name + ".png"));
    }

    /// A picture of which an older decoder made another class.
    @Test
    void methodZero() throws IOException {
        var data = Pictures.shared("photos").resolveSibling("../cases/data");
        Assumptions.assumeTrue(Files.isDirectory(data), "shared/cases/data is not beside the repository");
        check(decode(data.resolve("webp_lossy_method0.webp")), decode(data.resolve("webp_lossy_reference.png")));
    }

    private static void check(Image image, Image expected) {
        assertThat(image.height()).isEqualTo(expected.height());
        assertThat(image.width()).isEqualTo(expected.width());
        double brightness = 0;
        double most = 0;
        double color = 0;
        int pixels = image.height() * image.width();
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                double difference = Math.abs(brightness(image, y, x) - brightness(expected, y, x));
                brightness += difference;
                most = Math.max(most, difference);
                for (int c = 0; c < 3; c++) {
                    color += Math.abs(image.at(y, x, c) - expected.at(y, x, c));
                }
            }
        }
        assertThat(brightness / pixels).as("mean difference in brightness").isLessThan(1.2);
        assertThat(most).as("largest difference in brightness").isLessThan(20);
        assertThat(color / (3 * pixels)).as("mean difference in color").isLessThan(5.5);
    }

    private static double brightness(Image image, int y, int x) {
        return 0.299 * image.at(y, x, 0) + 0.587 * image.at(y, x, 1) + 0.114 * image.at(y, x, 2);
    }

    private static Image decode(Path file) throws IOException {
        return ImageDecoder.decode(file);
    }

    private static Image decode(String name) throws IOException {
        try (var in = Stream.of(LossyWebpTest.class.getResourceAsStream("webp/" + name))
                .filter(it -> it != null)
                .findFirst()
                .orElseThrow(() -> new UncheckedIOException(new IOException(name)))) {
            return ImageDecoder.decode(in.readAllBytes(), name);
        }
    }
}
