package org.mobilenet4j.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mobilenet4j.image.ImageDecoderTest.pixel;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mobilenet4j.error.BadFileException;

/// The size without pixels is that of the pixels.
class ImageSizeTest {
    private static final BufferedImage PICTURE = Samples.picture(30, 50, BufferedImage.TYPE_INT_RGB);

    @TempDir
    private Path folder;

    private ImageSize size(byte[] bytes) throws IOException {
        return ImageSize.of(Files.write(folder.resolve("photo"), bytes));
    }

    private void agrees(byte[] bytes, boolean isInHeader) throws IOException {
        var size = size(bytes);
        var image = ImageDecoder.decode(bytes, "photo");
        assertThat(size).hasToString(image.width() + "x" + image.height());
        assertThat(ImageDecoder.size(folder.resolve("photo"))).hasToString(size.toString());
        assertThat(ImageHeader.read(folder.resolve("photo")).isPresent()).isEqualTo(isInHeader);
    }

    @Test
    void everyFormat() throws IOException {
        agrees(Samples.write("jpeg", PICTURE), true);
        agrees(Samples.progressiveJpeg(PICTURE), true);
        agrees(Samples.write("png", PICTURE), true);
        agrees(Samples.write("gif", PICTURE), false);
        agrees(Samples.bmp(PICTURE, "BI_RGB", true), false);
        agrees(WebpTest.riff(WebpTest.VP8), false);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyOrientation(int value) throws IOException {
        agrees(Samples.withOrientation(Samples.write("jpeg", PICTURE), value), true);
        assertThat(size(Samples.withOrientation(Samples.write("jpeg", PICTURE), value))
                        .isTurned())
                .isEqualTo(value != 1);
        var png = Samples.withChunk(Samples.write("png", PICTURE), "eXIf", Samples.tiff(value));
        agrees(png, true);
        assertThat(size(png).isTransposed()).isEqualTo(value > 4);
    }

    /// A pixel's middle lands in the middle of the pixel where the decoder puts it.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void pointsAreTurnedAsPixels(int value) {
        var stored = Samples.image(3, 5, value);
        var upright = Orientation.of(value).upright(stored);
        var size = new ImageSize(3, 5, Orientation.of(value));
        for (int y = 0; y < 3; y++) {
            for (int x = 0; x < 5; x++) {
                float turnedY = size.uprightY(y + 0.5f, x + 0.5f);
                float turnedX = size.uprightX(y + 0.5f, x + 0.5f);
                assertThat(pixel(upright, (int) turnedY, (int) turnedX)).containsExactly(pixel(stored, y, x));
            }
        }
    }

    @Test
    void onlyTheHeaderIsRead() throws IOException {
        var jpeg = Samples.withSegment(Samples.write("jpeg", PICTURE), 0xe2, new byte[60_000]);
        assertThat(size(Arrays.copyOf(jpeg, jpeg.length - 100))).hasToString("50x30");
    }

    @Test
    void whatIsNoPhotoIsRefused() throws IOException {
        for (var bytes : new byte[][] {{}, {1, 2, 3}, Arrays.copyOf(Samples.write("jpeg", PICTURE), 100)}) {
            assertThatThrownBy(() -> size(bytes)).isInstanceOf(BadFileException.class);
        }
        assertThatThrownBy(() -> ImageSize.of(folder.resolve("none"))).isInstanceOf(BadFileException.class);
        assertThatThrownBy(() -> ImageSize.of(folder)).isInstanceOf(BadFileException.class);
    }
}
