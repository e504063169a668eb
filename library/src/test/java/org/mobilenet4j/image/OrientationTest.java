package org.mobilenet4j.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mobilenet4j.image.ImageDecoderTest.pixel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrientationTest {
    /// The stored pixel at row `r` and column `c` of 3 x 5, where EXIF's words say it belongs.
    private static int[] place(int orientation, int r, int c) {
        return switch (orientation) {
            case 1 -> new int[] {r, c};
            case 2 -> new int[] {r, 4 - c};
            case 3 -> new int[] {2 - r, 4 - c};
            case 4 -> new int[] {2 - r, c};
            case 5 -> new int[] {c, r};
            case 6 -> new int[] {c, 2 - r};
            case 7 -> new int[] {4 - c, 2 - r};
            default -> new int[] {4 - c, r};
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyPixelLandsWhereExifPutsIt(int value) {
        var stored = Samples.image(3, 5, value);

        var upright = Orientation.of(value).upright(stored);

        for (int r = 0; r < 3; r++) {
            for (int c = 0; c < 5; c++) {
                var at = place(value, r, c);
                assertThat(pixel(upright, at[0], at[1])).containsExactly(pixel(stored, r, c));
            }
        }
    }

    @Test
    void exifIsReadInBothByteOrders() {
        assertThat(Exif.orientation(ByteBuffer.wrap(Samples.tiff(6)))).isEqualTo(Orientation.RIGHT_TOP);

        var little = ByteBuffer.allocate(38).order(ByteOrder.LITTLE_ENDIAN);
        little.put(new byte[] {'I', 'I', 42, 0}).putInt(8).putShort((short) 2);
        // Another tag comes first.
        little.putShort((short) 0x010f).putShort((short) 2).putInt(3).putInt(0);
        little.putShort((short) 0x0112).putShort((short) 3).putInt(1).putShort((short) 8);
        assertThat(Exif.orientation(little.rewind())).isEqualTo(Orientation.LEFT_BOTTOM);
    }

    /// Some programs write it as a LONG.
    @ParameterizedTest
    @ValueSource(strings = {"II", "MM"})
    void exifOfFourBytes(String order) {
        var tiff = ByteBuffer.allocate(26).put(order.getBytes(StandardCharsets.US_ASCII));
        tiff.order(order.equals("II") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        tiff.putShort((short) 42).putInt(8).putShort((short) 1);
        tiff.putShort((short) 0x0112).putShort((short) 4).putInt(1).putInt(6);

        assertThat(Exif.orientation(tiff.rewind())).isEqualTo(Orientation.RIGHT_TOP);
    }

    @Test
    void brokenExifIsUpright() {
        assertThat(Exif.orientation(ByteBuffer.wrap(Samples.tiff(0)))).isEqualTo(Orientation.TOP_LEFT);
        assertThat(Exif.orientation(ByteBuffer.wrap(Samples.tiff(9)))).isEqualTo(Orientation.TOP_LEFT);
        assertThat(Exif.orientation(ByteBuffer.wrap(Samples.tiff(0xffff)))).isEqualTo(Orientation.TOP_LEFT);
        var random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            var tiff = Samples.tiff(6);
            for (int change = 0; change < 3; change++) {
                tiff[random.nextInt(tiff.length)] = (byte) random.nextInt();
            }
            var cut = ByteBuffer.wrap(tiff).slice(0, random.nextInt(tiff.length + 1));
            assertThat(Exif.orientation(cut)).isNotNull();
        }
    }
}
