package org.mobilenet4j.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mobilenet4j.image.ImageDecoderTest.assertSame;
import static org.mobilenet4j.image.ImageDecoderTest.pixel;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mobilenet4j.error.BadFileException;

class JpegTest {
    private static final BufferedImage PICTURE = Samples.picture(21, 34, BufferedImage.TYPE_3BYTE_BGR);

    private static void assertColor(byte[] jpeg, int red, int green, int blue) throws IOException {
        var color = pixel(ImageDecoder.decode(jpeg, "a.jpg"), 4, 4);
        assertThat(color[0]).as("red").isCloseTo(red, Offset.offset(2));
        assertThat(color[1]).as("green").isCloseTo(green, Offset.offset(2));
        assertThat(color[2]).as("blue").isCloseTo(blue, Offset.offset(2));
    }

    @Test
    void colorIsConvertedAsLibjpegConvertsIt() throws IOException {
        var baseline = Samples.write("jpeg", PICTURE);
        assertSame(ImageDecoder.decode(baseline, "a.jpg"), Samples.readByJdk("jpeg", baseline));

        var progressive = Samples.progressiveJpeg(PICTURE);
        assertSame(ImageDecoder.decode(progressive, "a.jpg"), Samples.readByJdk("jpeg", progressive));
    }

    @Test
    void grayIsTheStoredValue() throws IOException {
        var jpeg = Samples.write("jpeg", Samples.picture(16, 16, BufferedImage.TYPE_BYTE_GRAY));
        var stored = Samples.readByJdk("jpeg", jpeg).getRaster();

        var image = ImageDecoder.decode(jpeg, "a.jpg");

        for (int i = 0; i < 256; i++) {
            int gray = stored.getSample(i % 16, i / 16, 0);
            assertThat(pixel(image, i / 16, i % 16)).containsExactly(gray, gray, gray);
        }
    }

    @Test
    void threeComponentsMeanWhatTheMarkersSay() throws IOException {
        // A saturated red in YCbCr, and the same numbers as RGB.
        var stored = Samples.rawJpeg(76, 85, 255);

        assertColor(Samples.withAdobe(stored, 1), 254, 0, 0);
        assertColor(Samples.withAdobe(stored, 0), 76, 85, 255);
        assertColor(stored, 254, 0, 0);
    }

    @Test
    void cmykWithAndWithoutAdobesInversion() throws IOException {
        // Ink: none, full, full, a fifth: a darkish red.
        assertColor(Samples.rawJpeg(0, 255, 255, 51), 204, 0, 0);
        assertColor(Samples.withAdobe(Samples.rawJpeg(255, 0, 0, 204), 0), 204, 0, 0);
        assertColor(Samples.rawJpeg(100, 50, 0, 0), 155, 205, 255);
    }

    @Test
    void ycckIsTheComplementInYcc() throws IOException {
        // The complement of red, (0, 255, 255), is Y 179, Cb 171, Cr 0; black 204 of 255 is left uninked.
        assertColor(Samples.withAdobe(Samples.rawJpeg(179, 171, 1, 204), 2), 204, 0, 0);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 34, 21, 0, 0", "2, 34, 21, 0, 33", "3, 34, 21, 20, 33", "4, 34, 21, 20, 0",
        "5, 21, 34, 0, 0", "6, 21, 34, 0, 20", "7, 21, 34, 33, 20", "8, 21, 34, 33, 0"
    })
    void exifTurnsThePhotoUpright(int orientation, int width, int height, int y, int x) throws IOException {
        var jpeg = Samples.write("jpeg", PICTURE);
        var stored = ImageDecoder.decode(jpeg, "a.jpg");

        var upright = ImageDecoder.decode(Samples.withOrientation(jpeg, orientation), "a.jpg");

        assertThat(upright.width()).isEqualTo(width);
        assertThat(upright.height()).isEqualTo(height);
        assertThat(pixel(upright, y, x)).containsExactly(pixel(stored, 0, 0));
    }

    @Test
    void whatFollowsTheEndDoesNotMatter() throws IOException {
        var jpeg = Samples.write("jpeg", PICTURE);
        var longer = Arrays.copyOf(jpeg, jpeg.length + 1000);

        assertSame(ImageDecoder.decode(longer, "a.jpg"), Samples.readByJdk("jpeg", jpeg));
    }

    @Test
    void aCutThatPretendsToEndIsFound() throws IOException {
        var jpeg = Samples.write("jpeg", PICTURE);
        var cut = Arrays.copyOf(jpeg, jpeg.length - 60);
        cut[cut.length - 2] = (byte) 0xff;
        cut[cut.length - 1] = (byte) 0xd9;

        assertThatThrownBy(() -> ImageDecoder.decode(cut, "cut.jpg"))
                .isInstanceOf(BadFileException.class)
                .hasMessageContaining("cut.jpg: is a damaged image");
    }

    /// Twenty kilobytes that claim 30 scans of 8000 x 8000 pixels.
    @Test
    void endlessScansAreRefused() throws IOException {
        var jpeg = Samples.progressiveJpeg(PICTURE);
        int scan = find(jpeg, 0xda, 0);
        int length = (jpeg[scan + 3] & 0xff) + 2;
        var bomb = new byte[jpeg.length + 30 * length];
        System.arraycopy(jpeg, 0, bomb, 0, scan);
        for (int i = 0; i < 30; i++) {
            System.arraycopy(jpeg, scan, bomb, scan + i * length, length);
        }
        System.arraycopy(jpeg, scan, bomb, scan + 30 * length, jpeg.length - scan);
        assertThatThrownBy(() -> ImageDecoder.decode(bomb, "a.jpg")).hasMessageNotContaining("long to decode");
        claim(bomb, 8000);

        assertThatThrownBy(() -> ImageDecoder.decode(bomb, "bomb.jpg"))
                .hasMessageContaining("bomb.jpg: would take long to decode for a file of");
    }

    /// The limits would be held by one of them, and the memory taken for the other.
    @Test
    void twoFramesAreRefused() throws IOException {
        for (var jpeg : List.of(Samples.write("jpeg", PICTURE), Samples.progressiveJpeg(PICTURE))) {
            int frame = Math.max(find(jpeg, 0xc0, 0), find(jpeg, 0xc2, 0));
            int length = 2 + (jpeg[frame + 2] & 0xff) * 256 + (jpeg[frame + 3] & 0xff);
            for (int at : new int[] {frame, frame + length, find(jpeg, 0xda, 0)}) {
                var two = new byte[jpeg.length + length];
                System.arraycopy(jpeg, 0, two, 0, at);
                System.arraycopy(jpeg, frame, two, at, length);
                System.arraycopy(jpeg, at, two, at + length, jpeg.length - at);
                claim(two, 9000);

                assertThatThrownBy(() -> ImageDecoder.decode(two, "two.jpg")).hasMessageContaining("it has two frames");
            }
        }
    }

    /// Where marker `code` begins, or -1.
    private static int find(byte[] jpeg, int code, int from) {
        for (int at = from; at < jpeg.length - 1; at++) {
            if (jpeg[at] == (byte) 0xff && jpeg[at + 1] == (byte) code) {
                return at;
            }
        }
        return -1;
    }

    /// Makes the first frame claim `size` x `size` pixels.
    private static void claim(byte[] jpeg, int size) {
        int frame = Math.max(find(jpeg, 0xc0, 0), find(jpeg, 0xc2, 0));
        for (int at : new int[] {frame + 5, frame + 7}) {
            jpeg[at] = (byte) (size >> 8);
            jpeg[at + 1] = (byte) size;
        }
    }
}
