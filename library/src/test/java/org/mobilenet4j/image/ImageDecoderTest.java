package org.mobilenet4j.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {
    private static int over(int value, int alpha) {
        return (int) Math.round((value * alpha + 255.0 * (255 - alpha)) / 255);
    }

    static int[] pixel(Image image, int y, int x) {
        return new int[] {image.at(y, x, 0), image.at(y, x, 1), image.at(y, x, 2)};
    }

    static void assertSame(Image actual, BufferedImage expected) {
        assertThat(actual.height()).isEqualTo(expected.getHeight());
        assertThat(actual.width()).isEqualTo(expected.getWidth());
        for (int y = 0; y < actual.height(); y++) {
            for (int x = 0; x < actual.width(); x++) {
                int rgb = expected.getRGB(x, y);
                assertThat(pixel(actual, y, x))
                        .as("pixel %d, %d", y, x)
                        .containsExactly((rgb >> 16) & 255, (rgb >> 8) & 255, rgb & 255);
            }
        }
    }

    private static BufferedImage components(int dataType, int bands) {
        int space = bands < 3 ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB;
        var colors = new ComponentColorModel(
                ColorSpace.getInstance(space), bands % 2 == 0, false, bands % 2 == 0 ? 3 : 1, dataType);
        var raster = Raster.createInterleavedRaster(dataType, 9, 7, bands, null);
        var random = new Random(bands);
        int limit = dataType == DataBuffer.TYPE_BYTE ? 256 : 65536;
        for (int i = 0; i < 63 * bands; i++) {
            raster.setSample(i / bands % 9, i / bands / 9, i % bands, random.nextInt(limit));
        }
        raster.setSample(0, 0, bands - 1, limit - 1);
        raster.setSample(1, 0, bands - 1, 0);
        return new BufferedImage(colors, raster, false, null);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "0, 2", "0, 3", "0, 4", "1, 1", "1, 2", "1, 3", "1, 4"})
    void pngOfEveryKind(int dataType, int bands) throws IOException {
        var source = components(dataType, bands);

        var image = ImageDecoder.decode(Samples.write("png", source), "a.png");

        double largest = dataType == DataBuffer.TYPE_BYTE ? 255 : 65535;
        for (int y = 0; y < 7; y++) {
            for (int x = 0; x < 9; x++) {
                var samples = source.getRaster().getPixel(x, y, (int[]) null);
                int alpha = bands % 2 == 0 ? (int) Math.round(samples[bands - 1] * 255 / largest) : 255;
                for (int c = 0; c < 3; c++) {
                    int value = (int) Math.round(samples[bands < 3 ? 0 : c] * 255 / largest);
                    assertThat(image.at(y, x, c)).as("%d %d %d", y, x, c).isEqualTo(over(value, alpha));
                }
            }
        }
    }

    @Test
    void transparentPaletteColorIsWhiteInPngAndGif() throws IOException {
        var source = Samples.indexed(5, 6);

        for (var format : new String[] {"png", "gif"}) {
            var image = ImageDecoder.decode(Samples.write(format, source), "a");
            assertThat(pixel(image, 0, 1)).as(format).containsExactly(200, 100, 50);
            assertThat(pixel(image, 0, 2)).as(format).containsExactly(10, 220, 30);
            assertThat(pixel(image, 0, 3)).as(format).containsExactly(255, 255, 255);
            assertThat(pixel(image, 4, 1)).as(format).containsExactly(200, 100, 50);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void fewBitGrayIsSpreadOverTheWholeRange(int bits) throws IOException {
        int levels = 1 << bits;
        var ramp = new byte[levels];
        for (int i = 0; i < levels; i++) {
            ramp[i] = (byte) (i * 255 / (levels - 1));
        }
        var colors = new IndexColorModel(bits, levels, ramp, ramp, ramp);
        var raster = colors.createCompatibleWritableRaster(levels, 1);
        for (int i = 0; i < levels; i++) {
            raster.setSample(i, 0, 0, i);
        }

        var image = ImageDecoder.decode(Samples.write("png", new BufferedImage(colors, raster, false, null)), "a");

        for (int i = 0; i < levels; i++) {
            assertThat(image.at(0, i, 1)).isEqualTo(i * 255 / (levels - 1));
        }
    }

    @Test
    void transparentColorOfAnRgbPngIsWhite() throws IOException {
        var source = new BufferedImage(2, 1, BufferedImage.TYPE_3BYTE_BGR);
        source.setRGB(0, 0, 0x010203);
        source.setRGB(1, 0, 0x010204);
        var png = Samples.withChunk(Samples.write("png", source), "tRNS", new byte[] {0, 1, 0, 2, 0, 3});

        var image = ImageDecoder.decode(png, "a.png");

        assertThat(pixel(image, 0, 0)).containsExactly(255, 255, 255);
        assertThat(pixel(image, 0, 1)).containsExactly(1, 2, 4);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                BufferedImage.TYPE_3BYTE_BGR,
                BufferedImage.TYPE_INT_RGB,
                BufferedImage.TYPE_BYTE_INDEXED,
                BufferedImage.TYPE_BYTE_BINARY
            })
    void bmp(int type) throws IOException {
        var source = Samples.picture(7, 5, type);

        assertSame(ImageDecoder.decode(Samples.write("bmp", source), "a.bmp"), source);
    }

    @ParameterizedTest
    @CsvSource({"BI_RGB, false", "BI_RGB, true", "BI_RLE8, false"})
    void indexedBmpUpsideDownAndCompressed(String compression, boolean topDown) throws IOException {
        var source = Samples.picture(7, 6, BufferedImage.TYPE_BYTE_INDEXED);

        assertSame(ImageDecoder.decode(Samples.bmp(source, compression, topDown), "a.bmp"), source);
    }

    @Test
    void pngObeysItsExif() throws IOException {
        var source = Samples.picture(2, 3, BufferedImage.TYPE_3BYTE_BGR);
        var png = Samples.withChunk(Samples.write("png", source), "eXIf", Samples.tiff(3));

        var image = ImageDecoder.decode(png, "a.png");

        assertThat(image.at(1, 2, 2)).isEqualTo(source.getRGB(0, 0) & 255);
    }

    @Test
    void grayBmpAndSixteenBitBmp() throws IOException {
        var gray = Samples.picture(7, 5, BufferedImage.TYPE_BYTE_GRAY);
        var image = ImageDecoder.decode(Samples.write("bmp", gray), "a.bmp");
        assertThat(image.at(3, 2, 0)).isEqualTo(gray.getRaster().getSample(2, 3, 0));

        var packed = Samples.picture(7, 5, BufferedImage.TYPE_USHORT_555_RGB);
        var decoded = ImageDecoder.decode(Samples.write("bmp", packed), "a.bmp");
        assertThat(decoded.at(3, 2, 1))
                .isEqualTo((int) Math.round(packed.getRaster().getSample(2, 3, 1) * 255 / 31.0));
    }

    @Test
    void gifFrameLiesOnItsCanvas() throws IOException {
        var gif = Samples.write("gif", Samples.indexed(3, 4));
        // The logical screen grows to 10 x 8 and the frame moves to column 2, row 1.
        gif[6] = 10;
        gif[8] = 8;
        int frame = indexOfFrame(gif);
        gif[frame + 1] = 2;
        gif[frame + 3] = 1;

        var image = ImageDecoder.decode(gif, "a.gif");

        assertThat(image.width()).isEqualTo(10);
        assertThat(image.height()).isEqualTo(8);
        assertThat(pixel(image, 0, 0)).containsExactly(255, 255, 255);
        assertThat(pixel(image, 1, 2)).containsExactly(0, 0, 0);
        assertThat(pixel(image, 1, 3)).containsExactly(200, 100, 50);
        assertThat(pixel(image, 3, 3)).containsExactly(200, 100, 50);
        assertThat(pixel(image, 4, 3)).containsExactly(255, 255, 255);
    }

    private static int indexOfFrame(byte[] gif) {
        for (int i = 13; ; i++) {
            if (gif[i] == 0x2c && gif[i + 5] == 4 && gif[i + 7] == 3) {
                return i;
            }
        }
    }

    @Test
    void hugeMetadataNeverReachesTheDecoder() throws IOException {
        var source = Samples.picture(4, 4, BufferedImage.TYPE_3BYTE_BGR);
        var png = Samples.write("png", source);

        // Neither is a valid chunk of its kind: a decoder that looked at them would complain.
        var withText = Samples.withChunk(png, "zTXt", new byte[1 << 20]);
        var withProfile = Samples.withChunk(withText, "iCCP", new byte[1 << 20]);

        assertSame(ImageDecoder.decode(withProfile, "a.png"), source);
    }
}
