package org.mobilenet4j.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// The ordinary photos that lie beside the repository, where they do.
class PhotosTest {
    private static Path photos() {
        var ancestors = Stream.iterate(Path.of("").toAbsolutePath(), path -> path != null, Path::getParent);
        var found = ancestors
                .map(path -> path.resolve("shared/data/photos"))
                .filter(Files::isDirectory)
                .findFirst();
        Assumptions.assumeTrue(found.isPresent(), "shared/data/photos is not beside the repository");
        return found.orElseThrow();
    }

    @Test
    void everyPhotoDecodesAndEveryFourthIsWhatTheJdkShows() throws IOException {
        int compared = 0;
        try (var files = Files.list(photos())) {
            for (var file :
                    files.filter(path -> path.toString().endsWith(".jpeg")).toList()) {
                var image = ImageDecoder.decode(file);
                if (compared++ % 4 != 0) {
                    continue;
                }
                var expected = Samples.readByJdk("jpeg", Files.readAllBytes(file));

                assertThat(image.height()).as("%s", file).isEqualTo(expected.getHeight());
                int width = image.width();
                var rgb = stored(expected);
                for (int i = 0; i < rgb.length; i++) {
                    int actual = image.at(i / width, i % width, 0) << 16
                            | image.at(i / width, i % width, 1) << 8
                            | image.at(i / width, i % width, 2);
                    if (actual != (rgb[i] & 0xffffff)) {
                        throw new AssertionError(file + " differs at pixel " + i);
                    }
                }
            }
        }
    }

    /// Java brightens gray when asked for RGB, so that comes from the raster.
    private static int[] stored(BufferedImage image) {
        int height = image.getHeight();
        int width = image.getWidth();
        if (image.getRaster().getNumBands() == 3) {
            return image.getRGB(0, 0, width, height, new int[height * width], 0, width);
        }
        return Arrays.stream(image.getRaster().getSamples(0, 0, width, height, 0, new int[height * width]))
                .map(gray -> gray * 0x010101)
                .toArray();
    }
}
