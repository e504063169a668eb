package org.mobilenet4j.image;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.mobilenet4j.error.BadValueException;

/// A PNG file: its chunks walked from the header to the end chunk. Only chunks that carry pixels are kept and have
/// their checksums verified, so a profile or text that inflates to gigabytes is never inflated.
final class PngFile {
    private static final int SIGNATURE_BYTES = 8;
    private static final int HEADER_BYTES = 13;
    private static final int IHDR = 0x49484452;
    private static final int PLTE = 0x504c5445;
    private static final int TRNS = 0x74524e53;
    private static final int IDAT = 0x49444154;
    private static final int IEND = 0x49454e44;
    private static final int EXIF = 0x65584966;

    private PngFile() {}

    /// @throws BadValueException without the file's name
    /// @throws IndexOutOfBoundsException when the file ends early
    static EncodedImage open(ByteBuffer file) {
        if (file.getInt(SIGNATURE_BYTES) != HEADER_BYTES || file.getInt(SIGNATURE_BYTES + 4) != IHDR) {
            throw new BadValueException("is a PNG image that does not begin with its header; get it again");
        }
        var kept = ByteBuffer.allocate(file.limit()).put(file.slice(0, SIGNATURE_BYTES));
        var orientation = Orientation.TOP_LEFT;
        int at = SIGNATURE_BYTES;
        int type;
        do {
            int length = file.getInt(at);
            type = file.getInt(at + 4);
            if (length < 0 || length > file.limit()) {
                throw new IndexOutOfBoundsException(length);
            }
            var chunk = file.slice(at, length + 12);
            switch (type) {
                case IHDR, PLTE, TRNS, IDAT, IEND -> kept.put(checked(chunk));
                case EXIF -> orientation = Exif.orientation(file.slice(at + 8, length));
                default -> {}
            }
            at += chunk.limit();
        } while (type != IEND);
        var pixels = kept.flip();
        int header = SIGNATURE_BYTES + 8;
        int turned = orientation == Orientation.TOP_LEFT ? 0 : 3;
        return new EncodedImage(
                pixels.getInt(header + 4),
                pixels.getInt(header),
                storedBytes(pixels.get(header + 8), pixels.get(header + 9)) + 3 + turned,
                orientation,
                () -> Rasters.overWhite(Codec.image("png", pixels)));
    }

    private static ByteBuffer checked(ByteBuffer chunk) {
        var crc = new CRC32();
        int end = chunk.limit() - 4;
        crc.update(chunk.slice(4, end - 4));
        if ((int) crc.getValue() != chunk.getInt(end)) {
            throw new BadValueException("is a damaged PNG image (a checksum is wrong); get it again");
        }
        return chunk;
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
