package org.mobilenet4j.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// [Image#of] of every kind of `BufferedImage`.
class BufferedImagesTest {
    private static final int HEIGHT = 7;
    private static final int WIDTH = 9;

    /// `color` over white.
    private static int[] overWhite(int argb) {
        int alpha = argb >>> 24;
        var rgb = new int[3];
        for (int c = 0; c < 3; c++) {
            int value = argb >> (16 - 8 * c) & 255;
            rgb[c] = (int) Math.round((value * alpha + 255.0 * (255 - alpha)) / 255);
        }
        return rgb;
    }

    private static void assertShowsItsColors(BufferedImage source) {
        var image = Image.of(source);
        assertThat(image.height()).isEqualTo(source.getHeight());
        assertThat(image.width()).isEqualTo(source.getWidth());
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                assertThat(ImageDecoderTest.pixel(image, y, x))
                        .as("type %d, pixel %d, %d", source.getType(), y, x)
                        .containsExactly(overWhite(source.getRGB(x, y)));
            }
        }
    }

    /// Colors at random, transparent ones too where the type has them.
    private static BufferedImage filled(BufferedImage image) {
        var random = new Random(3);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                image.setRGB(x, y, random.nextInt());
            }
        }
        return image;
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                BufferedImage.TYPE_INT_RGB,
                BufferedImage.TYPE_INT_ARGB,
                BufferedImage.TYPE_INT_ARGB_PRE,
                BufferedImage.TYPE_INT_BGR,
                BufferedImage.TYPE_3BYTE_BGR,
                BufferedImage.TYPE_4BYTE_ABGR,
                BufferedImage.TYPE_4BYTE_ABGR_PRE,
                BufferedImage.TYPE_USHORT_565_RGB,
                BufferedImage.TYPE_USHORT_555_RGB,
                BufferedImage.TYPE_BYTE_BINARY,
                BufferedImage.TYPE_BYTE_INDEXED
            })
    void typesWithColors(int type) {
        assertShowsItsColors(filled(new BufferedImage(WIDTH, HEIGHT, type)));
    }

    /// A part of a larger picture shares its pixels.
    @ParameterizedTest
    @ValueSource(ints = {BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_3BYTE_BGR, BufferedImage.TYPE_4BYTE_ABGR_PRE})
    void partsOfAPicture(int type) {
        assertShowsItsColors(
                filled(new BufferedImage(2 * WIDTH, 2 * HEIGHT, type)).getSubimage(3, 2, WIDTH, HEIGHT));
    }

    @Test
    void paletteWithTransparentColors() {
        var random = new Random(1);
        var colors = new int[16];
        for (int i = 0; i < 16; i++) {
            colors[i] = random.nextInt();
        }
        var palette = new IndexColorModel(4, 16, colors, 0, true, -1, DataBuffer.TYPE_BYTE);
        var image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_BINARY, palette);
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            image.getRaster().setSample(i % WIDTH, i / WIDTH, 0, random.nextInt(16));
        }
        assertShowsItsColors(image);
    }

    /// The samples, not `getRGB`, which takes them for linear light and brightens them.
    @ParameterizedTest
    @ValueSource(ints = {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_USHORT_GRAY})
    void gray(int type) {
        var source = new BufferedImage(WIDTH, HEIGHT, type);
        int largest = type == BufferedImage.TYPE_BYTE_GRAY ? 255 : 65535;
        var random = new Random(2);
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            source.getRaster().setSample(i % WIDTH, i / WIDTH, 0, i < 2 ? i * largest : random.nextInt(largest + 1));
        }
        var image = Image.of(source);
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            int sample = source.getRaster().getSample(i % WIDTH, i / WIDTH, 0);
            int expected = (int) Math.round(sample * 255.0 / largest);
            assertThat(ImageDecoderTest.pixel(image, i / WIDTH, i % WIDTH))
                    .containsExactly(expected, expected, expected);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sixteenBitsAChannel(boolean isPremultiplied) {
        var colors = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB), true, isPremultiplied, 3, DataBuffer.TYPE_USHORT);
        var raster = Raster.createInterleavedRaster(DataBuffer.TYPE_USHORT, WIDTH, HEIGHT, 4, null);
        var source = filled(new BufferedImage(colors, raster, isPremultiplied, null));
        var image = Image.of(source);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                var expected = overWhite(source.getRGB(x, y));
                for (int c = 0; c < 3; c++) {
                    assertThat(image.at(y, x, c)).isBetween(expected[c] - 1, expected[c] + 1);
                }
            }
        }
    }

    @Test
    @SuppressWarnings({"NullAway", "DataFlowIssue"})
    void nullIsRefusedByName() {
        assertThatThrownBy(() -> Image.of(null)).hasMessage("photo");
    }
}
