package org.mobilenet4j.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mobilenet4j.image.ImageDecoderTest.pixel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class WebpTest {
    /// A lossy key frame of 10 x 10: one macroblock, predicted from nothing and without residuals, so Y, U and V are
    /// 128.
    static final byte[] VP8 = chunk("VP8 ", Base64.getDecoder().decode("EAEAnQEqCgAKAAAAAAAAJFLQAAAAAAAAAAA="));

    /// Writes bits, the lowest first, as VP8L does.
    private static final class Bits {
        private final ByteBuffer bytes = ByteBuffer.allocate(4096);
        private int count;

        Bits put(int value, int length) {
            for (int i = 0; i < length; i++, count++) {
                int old = bytes.get(count / 8);
                bytes.put(count / 8, (byte) (old | ((value >> i) & 1) << (count % 8)));
            }
            return this;
        }

        /// A prefix code of two 8-bit symbols, one bit each; the smaller is 0.
        Bits code(int zero, int one) {
            return put(1, 1).put(1, 1).put(1, 1).put(zero, 8).put(one, 8);
        }

        byte[] toArray() {
            var array = new byte[(count + 7) / 8];
            bytes.get(0, array);
            return array;
        }
    }

    private static byte[] chunk(String type, byte[] data) {
        return ByteBuffer.allocate(8 + data.length + (data.length & 1))
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(type.getBytes(StandardCharsets.US_ASCII))
                .putInt(data.length)
                .put(data)
                .array();
    }

    static byte[] riff(byte[]... chunks) {
        var all = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
        all.put("RIFF0000WEBP".getBytes(StandardCharsets.US_ASCII));
        for (var chunk : chunks) {
            all.put(chunk);
        }
        all.putInt(4, all.position() - 8);
        var bytes = new byte[all.position()];
        all.get(0, bytes);
        return bytes;
    }

    /// Lossless bits of an image whose pixel `i` is (200, 40, 90) where `i` is odd, else (10, 30, 20) with alpha 51.
    private static byte[] vp8l(int height, int width, boolean alpha) {
        var bits = new Bits().put(0x2f, 8).put(width - 1, 14).put(height - 1, 14);
        bits.put(alpha ? 1 : 0, 1).put(0, 3);
        // Neither transform, color cache nor meta codes; then the codes of green, red, blue, alpha and distance.
        bits.put(0, 1).put(0, 1).put(0, 1);
        bits.code(30, 40).code(10, 200).code(20, 90).code(51, 255);
        bits.put(1, 1).put(0, 1).put(0, 1).put(0, 1);
        for (int i = 0; i < height * width; i++) {
            int odd = i & 1;
            bits.put(odd, 1).put(odd, 1).put(odd, 1).put(odd, 1);
        }
        return chunk("VP8L", bits.toArray());
    }

    static byte[] lossless(int height, int width, boolean alpha) {
        return riff(vp8l(height, width, alpha));
    }

    private static byte[] three(int... values) {
        var bytes = new byte[values.length * 3];
        for (int i = 0; i < values.length; i++) {
            bytes[3 * i] = (byte) values[i];
            bytes[3 * i + 1] = (byte) (values[i] >> 8);
        }
        return bytes;
    }

    private static byte[] vp8x(int flags, int height, int width) {
        return chunk(
                "VP8X",
                ByteBuffer.allocate(10)
                        .put((byte) flags)
                        .put(4, three(width - 1, height - 1))
                        .array());
    }

    @Test
    void losslessOverWhite() throws IOException {
        var image = ImageDecoder.decode(lossless(3, 5, true), "a.webp");

        assertThat(image.height()).isEqualTo(3);
        assertThat(image.width()).isEqualTo(5);
        assertThat(pixel(image, 0, 0)).containsExactly(206, 210, 208);
        assertThat(pixel(image, 0, 1)).containsExactly(200, 40, 90);
        assertThat(pixel(image, 2, 4)).containsExactly(206, 210, 208);
    }

    @Test
    void alphaThatTheHeaderDeniesIsIgnored() throws IOException {
        assertThat(pixel(ImageDecoder.decode(lossless(1, 2, false), "a.webp"), 0, 0))
                .containsExactly(10, 30, 20);
    }

    @Test
    void metadataIsDroppedAndExifObeyed() throws IOException {
        var webp = riff(
                vp8x(0x38, 1, 2), chunk("ICCP", new byte[1000]), vp8l(1, 2, false), chunk("EXIF", Samples.tiff(6)));

        var image = ImageDecoder.decode(webp, "a.webp");

        assertThat(image.height()).isEqualTo(2);
        assertThat(pixel(image, 1, 0)).containsExactly(200, 40, 90);
    }

    @Test
    void firstFrameOfAnAnimation() throws IOException {
        var still = vp8l(1, 2, false);
        var frame = ByteBuffer.allocate(16 + still.length)
                .put(three(1, 2, 1, 0, 100))
                .put((byte) 0)
                .put(still)
                .array();
        var other = frame.clone();
        other[0] = 0;
        var webp = riff(vp8x(0x02, 6, 7), chunk("ANIM", new byte[6]), chunk("ANMF", frame), chunk("ANMF", other));

        var image = ImageDecoder.decode(webp, "a.webp");

        assertThat(image.height()).isEqualTo(6);
        assertThat(image.width()).isEqualTo(7);
        assertThat(pixel(image, 0, 0)).containsExactly(255, 255, 255);
        assertThat(pixel(image, 4, 3)).containsExactly(200, 40, 90);
    }

    @Test
    void bitsThatEndBeforeThePixelsDoAreFound() {
        var webp = lossless(9, 11, true);
        // 2,000 columns instead of 11.
        webp[21] = (byte) 1999;
        webp[22] = (byte) ((webp[22] & 0xc0) | (1999 >> 8));

        assertThatThrownBy(() -> ImageDecoder.decode(webp, "a.webp"))
                .hasMessage("a.webp: is a damaged image (its data end before its pixels are complete); get it again");
    }

    @Test
    void lossy() throws IOException {
        var image = ImageDecoder.decode(riff(VP8), "a.webp");

        assertThat(image.height()).isEqualTo(10);
        assertThat(image.width()).isEqualTo(10);
        for (int i = 0; i < 100; i++) {
            // 255 / 219 * (128 - 16), as video levels are spread.
            assertThat(pixel(image, i / 10, i % 10)).containsExactly(130, 130, 130);
        }
    }

    @Test
    void lossyWithCompressedAlphaOverWhite() throws IOException {
        // A byte that says lossless, then VP8L's codes without its header; the alpha is in the green.
        var bits = new Bits().put(1, 8).put(0, 1).put(0, 1).put(0, 1).code(51, 255);
        for (int code = 0; code < 4; code++) {
            bits.put(1, 1).put(0, 1).put(0, 1).put(0, 1);
        }
        for (int i = 0; i < 100; i++) {
            bits.put(i & 1, 1);
        }
        var webp = riff(vp8x(0x10, 10, 10), chunk("ALPH", bits.toArray()), VP8);

        var image = ImageDecoder.decode(webp, "a.webp");

        assertThat(pixel(image, 3, 4)).containsExactly(230, 230, 230);
        assertThat(pixel(image, 3, 5)).containsExactly(130, 130, 130);
    }

    @Test
    void whatThePlugInCannotReadIsRefusedRatherThanGuessed() {
        var webp = riff(vp8x(0x10, 10, 10), chunk("ALPH", new byte[101]), VP8);

        assertThatThrownBy(() -> ImageDecoder.decode(webp, "a.webp")).hasMessageContaining("Uncompressed WebP alpha");
    }

    /// 14,000 x 6,000 pixels without residuals: a few bytes that take seconds and gigabytes.
    @Test
    void aLargePictureOfFewBytesIsRefused() {
        var large = VP8.clone();
        ByteBuffer.wrap(large)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort(14, (short) 14_000)
                .putShort(16, (short) 6_000);

        assertThatThrownBy(() -> ImageDecoder.decode(riff(large), "a.webp"))
                .hasMessageContaining("a.webp: would take long to decode for a file of");
    }

    @Test
    void emptyChunksByTheMillionAreRefused() {
        var bytes = ByteBuffer.allocate(12 + 8 * 150_000).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put("RIFF0000WEBP".getBytes(StandardCharsets.US_ASCII)).putInt(4, bytes.limit() - 8);

        assertThatThrownBy(() -> ImageDecoder.decode(bytes.array(), "a.webp"))
                .hasMessageContaining("is a WebP image of more than 100000 chunks");
    }
}
