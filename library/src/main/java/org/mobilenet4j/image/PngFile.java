package org.mobilenet4j.image;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.mobilenet4j.error.BadValueException;

/// A PNG file: its chunks walked from the header to the end chunk, or, where that is missing, the end of the file. Only
/// chunks that carry pixels are kept and have their checksums verified, so a profile or text that inflates to gigabytes
/// is never inflated. Where a checksum of pixels is wrong, their own (that of zlib) decides.
final class PngFile {
    private static final int SIGNATURE_BYTES = 8;
    private static final int HEADER_BYTES = 13;
    private static final int IHDR = 0x49484452;
    private static final int PLTE = 0x504c5445;
    private static final int TRNS = 0x74524e53;
    private static final int IDAT = 0x49444154;
    private static final int IEND = 0x49454e44;
    private static final int EXIF = 0x65584966;
    private static final int CHUNK_BYTES = 12;
    private static final byte[] END = {0, 0, 0, 0, 'I', 'E', 'N', 'D', (byte) 0xae, 0x42, 0x60, (byte) 0x82};

    /// Chunks of 12 bytes by the million would take long.
    private static final int MAX_CHUNKS = 100_000;

    private PngFile() {}

    /// @throws BadValueException without the file's name
    /// @throws IndexOutOfBoundsException when the file ends early
    static EncodedImage open(ByteBuffer file) {
        if (file.getInt(SIGNATURE_BYTES) != HEADER_BYTES || file.getInt(SIGNATURE_BYTES + 4) != IHDR) {
            throw new BadValueException("is a PNG image that does not begin with its header; get it again");
        }
        var kept = ByteBuffer.allocate(file.limit() + END.length).put(file.slice(0, SIGNATURE_BYTES));
        var compressed = new ArrayList<ByteBuffer>();
        boolean isDoubtful = false;
        boolean isEnded = false;
        var orientation = Orientation.TOP_LEFT;
        int at = SIGNATURE_BYTES;
        for (int chunks = 0; !isEnded && (file.limit() - at >= CHUNK_BYTES || compressed.isEmpty()); chunks++) {
            int length = file.getInt(at);
            int type = file.getInt(at + 4);
            if (length < 0 || length > file.limit()) {
                throw new IndexOutOfBoundsException(length);
            }
            if (chunks == MAX_CHUNKS) {
                throw new BadValueException("is a PNG image of more than " + MAX_CHUNKS + " chunks; save it again");
            }
            var chunk = file.slice(at, length + CHUNK_BYTES);
            at += chunk.limit();
            switch (type) {
                case IHDR, PLTE, TRNS -> {
                    if (!isIntact(chunk)) {
                        throw damaged();
                    }
                    kept.put(chunk);
                }
                case IDAT -> {
                    isDoubtful |= !isIntact(chunk);
                    compressed.add(chunk.slice(8, length));
                    kept.put(chunk);
                }
                case IEND -> isEnded = true;
                case EXIF -> orientation = Exif.orientation(chunk.slice(8, length));
                default -> {}
            }
        }
        kept.put(END);
        var pixels = kept.flip();
        int header = SIGNATURE_BYTES + 8;
        long inflated = 8L * pixels.getInt(header) * pixels.getInt(header + 4) + 64L * pixels.getInt(header + 4);
        if ((isDoubtful || !isEnded) && !isWhole(compressed, inflated)) {
            throw isEnded ? damaged() : new IndexOutOfBoundsException();
        }
        int turned = orientation == Orientation.TOP_LEFT ? 0 : 3;
        return new EncodedImage(
                pixels.getInt(header + 4),
                pixels.getInt(header),
                storedBytes(pixels.get(header + 8), pixels.get(header + 9)) + 3 + turned,
                orientation,
                () -> Rasters.overWhite(Codec.image("png", pixels)));
    }

    private static BadValueException damaged() {
        return new BadValueException("is a damaged PNG image (a checksum is wrong); get it again");
    }

    /// Whether the checksum of `chunk` is right.
    private static boolean isIntact(ByteBuffer chunk) {
        var crc = new CRC32();
        int end = chunk.limit() - 4;
        crc.update(chunk.slice(4, end - 4));
        return (int) crc.getValue() == chunk.getInt(end);
    }

    /// Whether the pixels inflate, to at most `most` bytes, to what their own checksum says.
    private static boolean isWhole(List<ByteBuffer> compressed, long most) {
        var piece = new byte[1 << 16];
        long count = 0;
        try (var inflater = new Inflater()) {
            for (var bytes : compressed) {
                inflater.setInput(bytes);
                while (!inflater.needsInput() && !inflater.finished() && count <= most) {
                    count += inflater.inflate(piece);
                }
            }
            return inflater.finished();
        } catch (DataFormatException _) {
            return false;
        }
    }

    /// Bytes per pixel in the decoder's buffer; a transparent color adds a channel to gray and RGB.
    private static int storedBytes(int bitDepth, int colorType) {
        int channels = switch (colorType) {
            case 0, 4 -> 2;
            case 3 -> 1;
            default -> 4;
        };
        return bitDepth == 16 ? 2 * channels : channels;
    }
}
