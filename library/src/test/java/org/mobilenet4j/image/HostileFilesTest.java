package org.mobilenet4j.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.error.BadFileException;

/// Every beginning of every sample, and thousands of samples with changed bytes: an image or one clear exception.
class HostileFilesTest {
    private static final DecodeLimits SMALL = new DecodeLimits(1 << 20, 1 << 20, 1 << 24);
    private static final int CHANGED = 400;

    private static Map<String, byte[]> samples() throws IOException {
        var color = Samples.picture(9, 11, BufferedImage.TYPE_3BYTE_BGR);
        var all = new LinkedHashMap<String, byte[]>();
        all.put("jpeg", Samples.withOrientation(Samples.write("jpeg", color), 6));
        all.put("progressive jpeg", Samples.progressiveJpeg(color));
        all.put("gray jpeg", Samples.write("jpeg", Samples.picture(9, 11, BufferedImage.TYPE_BYTE_GRAY)));
        all.put("ycck jpeg", Samples.withAdobe(Samples.rawJpeg(1, 2, 3, 4), 2));
        all.put("png", Samples.write("png", color));
        all.put("palette png", Samples.write("png", Samples.indexed(9, 11)));
        all.put("gif", Samples.write("gif", Samples.indexed(9, 11)));
        all.put("bmp", Samples.write("bmp", Samples.picture(5, 3, BufferedImage.TYPE_3BYTE_BGR)));
        all.put("palette bmp", Samples.write("bmp", Samples.picture(5, 3, BufferedImage.TYPE_BYTE_BINARY)));
        all.put("webp", WebpTest.lossless(9, 11, true));
        all.put("lossy webp", WebpTest.riff(WebpTest.VP8));
        return all;
    }

    private static boolean reads(byte[] bytes, String name) {
        try {
            assertThat(ImageDecoder.decode(bytes, name, SMALL)).isNotNull();
            return true;
        } catch (BadFileException refused) {
            assertThat(refused.getMessage()).startsWith(name + ": ").doesNotContain("\n");
            return false;
        }
    }

    @Test
    void everyBeginning() throws IOException {
        for (var sample : samples().entrySet()) {
            var bytes = sample.getValue();
            assertThat(reads(bytes, sample.getKey())).as(sample.getKey()).isTrue();
            // A GIF is complete without its trailer, a PNG without its end chunk.
            int end = sample.getKey().equals("gif") ? 1 : sample.getKey().endsWith("png") ? 12 : 0;
            int complete = bytes.length - end;
            for (int length = 0; length < complete; length++) {
                assertThat(reads(Arrays.copyOf(bytes, length), sample.getKey()))
                        .as("%s cut to %d of %d bytes", sample.getKey(), length, bytes.length)
                        .isFalse();
            }
        }
    }

    @Test
    void changedBytes() throws IOException {
        for (var sample : samples().entrySet()) {
            var random = new Random(11);
            for (int i = 0; i < CHANGED; i++) {
                var bytes = sample.getValue().clone();
                for (int change = random.nextInt(4); change >= 0; change--) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                }
                reads(bytes, sample.getKey());
            }
        }
    }
}
