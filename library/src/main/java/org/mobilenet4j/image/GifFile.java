package org.mobilenet4j.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.mobilenet4j.error.BadValueException;

/// A GIF file up to the end of its first frame, which is placed on a canvas, the logical screen.
final class GifFile {
    private static final int SCREEN_BYTES = 13;
    private static final int FRAME_BYTES = 10;
    private static final int EXTENSION = 0x21;
    private static final int GRAPHIC_CONTROL = 0xf9;
    private static final int FRAME = 0x2c;
    private static final byte TRAILER = 0x3b;

    private GifFile() {}

    /// @throws BadValueException without the file's name
    /// @throws IndexOutOfBoundsException when the file ends early
    static EncodedImage open(ByteBuffer bytes) {
        var file = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        var kept = ByteBuffer.allocate(file.limit() + 1);
        int at = SCREEN_BYTES + colorTableBytes(file.get(10));
        kept.put(file.slice(0, at));
        ByteBuffer control = ByteBuffer.allocate(0);
        while (file.get(at) == EXTENSION) {
            int end = afterBlocks(file, at + 2);
            // The last one before the frame defines the transparent color.
            control = (file.get(at + 1) & 0xff) == GRAPHIC_CONTROL ? file.slice(at, end - at) : control;
            at = end;
        }
        if (file.get(at) != FRAME) {
            throw new BadValueException("is a GIF image without a frame; get it again");
        }
        int end = afterBlocks(file, at + FRAME_BYTES + colorTableBytes(file.get(at + 9)) + 1);
        var pixels =
                kept.put(control).put(file.slice(at, end - at)).put(TRAILER).flip();
        int left = file.getShort(at + 1) & 0xffff;
        int top = file.getShort(at + 3) & 0xffff;
        int width = Math.max(file.getShort(6) & 0xffff, left + (file.getShort(at + 5) & 0xffff));
        int height = Math.max(file.getShort(8) & 0xffff, top + (file.getShort(at + 7) & 0xffff));
        // Indices, RGB of the frame, RGB of the canvas.
        return new EncodedImage(
                height,
                width,
                1 + 3 + 3,
                Orientation.TOP_LEFT,
                () -> Rasters.onCanvas(Rasters.overWhite(Codec.image("gif", pixels)), height, width, top, left));
    }

    private static int colorTableBytes(byte flags) {
        return (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
    }

    /// The position after the blocks that begin at `from`: each a length and as many bytes, ended by a length of
    /// 0.
    private static int afterBlocks(ByteBuffer file, int from) {
        int at = from;
        while (file.get(at) != 0) {
            at += 1 + (file.get(at) & 0xff);
        }
        return at + 1;
    }
}
