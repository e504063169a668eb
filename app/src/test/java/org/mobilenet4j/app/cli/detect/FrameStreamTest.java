package org.mobilenet4j.app.cli.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class FrameStreamTest {
    private static byte[] photo(String format, int side) throws IOException {
        var photo = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        var random = new Random(side);
        for (int i = 0; i < side * side; i++) {
            photo.setRGB(i % side, Math.floorDiv(i, side), random.nextInt());
        }
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(photo, format, bytes);
        return bytes.toByteArray();
    }

    /// A photo with a whole other one in a segment behind its beginning, as cameras write thumbnails.
    private static byte[] withThumbnail(byte[] photo, byte[] thumbnail) {
        int length = thumbnail.length + 2;
        return joined(
                Arrays.copyOf(photo, 2),
                new byte[] {(byte) 0xff, (byte) 0xe1, (byte) (length >> 8), (byte) length},
                thumbnail,
                Arrays.copyOfRange(photo, 2, photo.length));
    }

    private static byte[] joined(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (var part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static List<byte[]> frames(byte[]... parts) throws IOException {
        var stream = new FrameStream(new ByteArrayInputStream(joined(parts)));
        var frames = new ArrayList<byte[]>();
        for (var frame = stream.next(); frame != null; frame = stream.next()) {
            frames.add(frame);
        }
        return frames;
    }

    @Test
    void framesAreToldApart() throws IOException {
        var large = photo("jpg", 300);
        var small = photo("jpg", 20);
        var png = photo("png", 50);
        var camera = withThumbnail(large, small);

        assertThat(frames(large, small, png, camera, png, small))
                .containsExactly(large, small, png, camera, png, small);
    }

    @Test
    void aSinglePhotoMayBeOfAnyKindAndHaveATrailer() throws IOException {
        var bitmap = photo("bmp", 30);
        var photo = photo("jpg", 30);

        assertThat(frames(bitmap)).containsExactly(bitmap);
        assertThat(frames(photo, new byte[] {0, 0, 7})).containsExactly(photo);
        assertThat(frames(new byte[0])).containsExactly(new byte[0]);
    }

    @Test
    void whatIsCutOrNoFrameIsNotPassedOver() throws IOException {
        var photo = photo("jpg", 30);
        var png = photo("png", 30);
        var junk = new byte[] {1, 2, 3};

        assertThat(frames(photo, png, junk)).containsExactly(photo, png, junk);
        for (var last : List.of(photo, png)) {
            for (int length = 8; length < last.length; length++) {
                var cut = Arrays.copyOf(last, length);
                assertThat(frames(photo, photo, cut)).containsExactly(photo, photo, cut);
            }
        }
    }
}
