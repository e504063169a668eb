package org.mobilenet4j.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mobilenet4j.error.BadFileException;

class BadFilesTest {
    @TempDir
    Path directory;

    private static final BufferedImage PICTURE = Samples.picture(16, 16, BufferedImage.TYPE_3BYTE_BGR);

    /// The one line that a person reads.
    private static String problem(Path file) {
        var exception = catchThrowableOfType(BadFileException.class, () -> ImageDecoder.decode(file));
        var message = String.valueOf(exception == null ? null : exception.getMessage());
        assertThat(message).startsWith(file + ": ").doesNotContain("\n");
        return message;
    }

    private Path file(String name, byte[] bytes) throws IOException {
        return Files.write(directory.resolve(name), bytes);
    }

    @Test
    void whatIsNotAPhotoIsNamed() throws IOException {
        assertThat(problem(directory.resolve("none.jpg"))).endsWith("no such file; check the path");
        assertThat(problem(directory)).contains("is a directory");
        assertThat(problem(file("empty.jpg", new byte[0]))).contains("is empty");
        assertThat(problem(file("text.jpg", "Dear reader,\n".getBytes(java.nio.charset.StandardCharsets.UTF_8))))
                .contains("is not a JPEG, PNG, WebP, BMP or GIF image");
        assertThat(problem(file("one.png", new byte[1]))).contains("is not a JPEG");
    }

    @Test
    void aCutFileIsNamed() throws IOException {
        for (var format : new String[] {"jpeg", "png", "gif", "bmp"}) {
            var whole = Samples.write(format, PICTURE);
            var half = file("half." + format, Arrays.copyOf(whole, whole.length / 2));
            assertThat(problem(half)).as(format).contains("is cut short");
        }
    }

    @Test
    void aDamagedPngIsNamed() throws IOException {
        var png = Samples.write("png", PICTURE);
        png[png.length / 2] ^= 1;

        assertThat(problem(file("a.png", png))).contains("checksum");
    }

    /// As other programs read it: the pixels are right by their own checksum.
    @Test
    void aPngWithAWrongChecksumOfRightPixelsIsRead() throws IOException {
        var png = Samples.write("png", PICTURE);
        var other = png.clone();
        other[png.length - 13] ^= 1;
        var expected = ImageDecoder.decode(png, "a.png");

        assertThat(ImageDecoder.decode(other, "a.png").at(3, 3, 1)).isEqualTo(expected.at(3, 3, 1));
        other[png.length - 17] ^= 1; // the checksum of zlib, at the end of the pixels
        assertThat(problem(file("a.png", other))).contains("checksum");
    }

    /// Which would wait for a writer for ever.
    @Test
    @Timeout(20)
    void aPipeIsRefused() throws IOException, InterruptedException {
        var pipe = directory.resolve("pipe.jpg");
        try {
            assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);
        } catch (IOException e) {
            abort("there is no mkfifo");
        }

        assertThat(problem(pipe)).contains("is a pipe");
    }

    @Test
    void aPngWithFewerRowsThanItClaimsIsDamaged() throws IOException {
        var png = Samples.claiming(Samples.write("png", PICTURE), 17, 16);

        assertThat(problem(file("a.png", png))).contains("is a damaged image");
    }

    @Test
    void limitsHoldBeforeAnythingIsDecoded() throws IOException {
        var png = Samples.write("png", PICTURE);

        assertThat(problem(file("a.png", Samples.claiming(png, 60_000, 60_000))))
                .contains("claims 60000x60000 pixels, above the limit of 100000000");
        assertThat(problem(file("b.png", Samples.claiming(png, 0x7fffffff, 0x7fffffff))))
                .contains("above the limit");
        assertThat(problem(file("c.png", Samples.claiming(png, 9_900, 9_900)))).contains("bytes to decode");
        assertThat(problem(file("d.png", Samples.claiming(png, 0, 16)))).contains("16x0");

        var gif = Samples.write("gif", PICTURE);
        Arrays.fill(gif, 6, 10, (byte) 0xff);
        assertThat(problem(file("a.gif", gif))).contains("claims 65535x65535");
    }

    @Test
    void aLongFileIsNotRead() throws IOException {
        var png = Samples.write("png", PICTURE);
        var small = new DecodeLimits(png.length - 1, 1000, 10_000);

        assertThatThrownBy(() -> ImageDecoder.decode(file("a.png", png), small))
                .hasMessageContaining("a.png: is longer than the limit of " + (png.length - 1) + " bytes");
        assertThatThrownBy(() -> ImageDecoder.decode(png, "a.png", small)).hasMessageContaining("longer");
        assertThatThrownBy(() -> new DecodeLimits(1, 1_000_000_000, 1)).hasMessageContaining("700000000");
    }

    @Test
    void aPhotoInsideABmpIsRefused() throws IOException {
        var bmp = Samples.write("bmp", PICTURE);
        bmp[30] = 5;

        assertThat(problem(file("a.bmp", bmp))).contains("compression 5");
    }

    @Test
    void withoutThePlugInWebpSaysWhatToAdd() throws IOException {
        var registry = IIORegistry.getDefaultInstance();
        var plugIns = new ArrayList<ImageReaderSpi>();
        registry.getServiceProviders(ImageReaderSpi.class, false).forEachRemaining(spi -> {
            if (Arrays.asList(spi.getFormatNames()).contains("webp")) {
                plugIns.add(spi);
            }
        });
        plugIns.forEach(spi -> registry.deregisterServiceProvider(spi, ImageReaderSpi.class));
        try {
            assertThat(problem(file("a.webp", WebpTest.lossless(2, 2, true))))
                    .contains("add com.twelvemonkeys.imageio:imageio-webp");
        } finally {
            plugIns.forEach(spi -> registry.registerServiceProvider(spi, ImageReaderSpi.class));
        }
    }

    /// A white picture of 64 million pixels has 190 kilobytes as PNG; nobody's photo does.
    @Test
    void aSmallFileDoesNotTakeMuchMemory() {
        var limits = DecodeLimits.DEFAULT;
        var huge = new EncodedImage(8000, 8000, 7, Orientation.TOP_LEFT, () -> {
            throw new AssertionError("decoded");
        });
        assertThatThrownBy(() -> limits.check(huge, 190_000))
                .hasMessageContaining("would take 448000000 bytes to decode, far more than a picture of 190000 bytes");
        limits.check(huge, 6_000_000);
        limits.check(new EncodedImage(6000, 6000, 7, Orientation.TOP_LEFT, huge.pixels()), 50_000);
    }
}
