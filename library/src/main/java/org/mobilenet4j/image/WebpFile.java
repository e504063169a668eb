package org.mobilenet4j.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.mobilenet4j.error.BadValueException;

/// A WebP file, lossy or lossless, with or without alpha; of an animation, the first frame. It is rebuilt as a plain
/// still image for the decoder.
final class WebpFile {
    private static final int RIFF = 0x46464952;
    private static final int WEBP = 0x50424557;
    private static final int VP8 = 0x20385056;
    private static final int VP8L = 0x4c385056;
    private static final int VP8X = 0x58385056;
    private static final int ALPH = 0x48504c41;
    private static final int ANMF = 0x464d4e41;
    private static final int EXIF = 0x46495845;
    private static final int CONTAINER_BYTES = 12;
    private static final int CHUNK_BYTES = 8;
    private static final int FRAME_HEADER_BYTES = 16;
    private static final byte HAS_ALPHA = 0x10;

    /// The decoder reads eight bytes ahead; zeros after the end keep an intact file from looking cut short.
    private static final int READ_AHEAD_BYTES = 16;

    /// Chunks of 8 bytes by the million would take long; an animation of an hour has fewer.
    private static final int MAX_CHUNKS = 100_000;

    /// Pixels of a lossy picture that any file may have, and for each of its bytes: the decoder takes a second for some
    /// fifteen million.
    private static final long ALWAYS_PIXELS = 24_000_000;

    private static final int PIXELS_PER_BYTE = 100;

    private int chunksSeen;
    private int canvasWidth;
    private int canvasHeight;
    private int left;
    private int top;
    private Orientation orientation = Orientation.TOP_LEFT;
    private ByteBuffer alpha = ByteBuffer.allocate(0);
    private ByteBuffer bitstream = ByteBuffer.allocate(0);

    private WebpFile() {}

    /// @throws BadValueException without the file's name
    /// @throws IndexOutOfBoundsException when the file ends early
    static EncodedImage open(ByteBuffer bytes) {
        var file = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        long size = Integer.toUnsignedLong(file.getInt(4)) + 8;
        if (size < CONTAINER_BYTES || size > file.limit()) {
            throw new IndexOutOfBoundsException();
        }
        var webp = new WebpFile();
        webp.walk(slice(file, CONTAINER_BYTES, (int) size - CONTAINER_BYTES), false);
        return webp.encoded();
    }

    private void walk(ByteBuffer chunks, boolean inFrame) {
        for (int at = 0; at + CHUNK_BYTES <= chunks.limit(); ) {
            if (++chunksSeen > MAX_CHUNKS) {
                throw new BadValueException("is a WebP image of more than " + MAX_CHUNKS + " chunks; save it again");
            }
            int length = chunks.getInt(at + 4);
            var data = slice(chunks, at + CHUNK_BYTES, length);
            var whole = slice(chunks, at, CHUNK_BYTES + length);
            boolean before = !bitstream.hasRemaining();
            switch (chunks.getInt(at)) {
                case VP8X -> {
                    canvasWidth = 1 + threeBytes(data, 4);
                    canvasHeight = 1 + threeBytes(data, 7);
                }
                case VP8, VP8L -> bitstream = before ? whole : bitstream;
                case ALPH -> alpha = before ? whole : alpha;
                case EXIF -> orientation = Exif.orientation(data);
                case ANMF -> {
                    if (before && !inFrame) {
                        left = 2 * threeBytes(data, 0);
                        top = 2 * threeBytes(data, 3);
                        walk(slice(data, FRAME_HEADER_BYTES, length - FRAME_HEADER_BYTES), true);
                    }
                }
                default -> {}
            }
            // Chunks start at even positions.
            at += CHUNK_BYTES + length + (length & 1);
        }
    }

    private EncodedImage encoded() {
        if (!bitstream.hasRemaining()) {
            throw new BadValueException("is a WebP image without a frame; get it again");
        }
        boolean lossy = bitstream.getInt(0) == VP8;
        int sizes = bitstream.getInt(CHUNK_BYTES + (lossy ? 6 : 1));
        int frameWidth = lossy ? sizes & 0x3fff : (sizes & 0x3fff) + 1;
        int frameHeight = lossy ? (sizes >> 16) & 0x3fff : ((sizes >> 14) & 0x3fff) + 1;
        if (lossy) {
            EncodedImage.requireWorth(
                    (double) frameWidth * frameHeight, ALWAYS_PIXELS, PIXELS_PER_BYTE, bitstream.limit());
        }
        int width = Math.max(canvasWidth, left + frameWidth);
        int height = Math.max(canvasHeight, top + frameHeight);
        var still = still(frameHeight, frameWidth, lossy && alpha.hasRemaining());
        // ARGB twice over in the decoder, RGB of the frame and of the canvas.
        int turned = orientation == Orientation.TOP_LEFT ? 0 : 3;
        return new EncodedImage(
                height,
                width,
                8 + 3 + 3 + turned,
                orientation,
                () -> Rasters.onCanvas(Rasters.overWhite(Codec.image("webp", still)), height, width, top, left));
    }

    private ByteBuffer still(int height, int width, boolean withAlpha) {
        var still = ByteBuffer.allocate(64 + alpha.limit() + bitstream.limit()).order(ByteOrder.LITTLE_ENDIAN);
        still.putInt(RIFF).putInt(0).putInt(WEBP);
        if (withAlpha) {
            still.putInt(VP8X).putInt(10).putInt(HAS_ALPHA);
            still.putShort((short) (width - 1)).put((byte) 0);
            still.putShort((short) (height - 1)).put((byte) 0);
            pad(still.put(alpha));
        }
        pad(still.put(bitstream));
        still.putInt(4, still.position() - 8);
        return still.put(new byte[READ_AHEAD_BYTES]).flip();
    }

    private static void pad(ByteBuffer still) {
        if ((still.position() & 1) == 1) {
            still.put((byte) 0);
        }
    }

    private static ByteBuffer slice(ByteBuffer buffer, int from, int length) {
        return buffer.slice(from, length).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int threeBytes(ByteBuffer data, int at) {
        return (data.getShort(at) & 0xffff) | (data.get(at + 2) & 0xff) << 16;
    }
}
