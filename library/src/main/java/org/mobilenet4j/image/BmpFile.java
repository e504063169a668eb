package org.mobilenet4j.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.mobilenet4j.error.BadValueException;

/// A BMP file of any version, uncompressed, with bit fields or run-length encoding.
final class BmpFile {
    private static final int OLDEST_HEADER = 12;
    private static final int HEADER_WITH_COLOR_SPACE = 108;
    private static final int COLOR_SPACE = 70;
    private static final int SRGB = 0x73524742;
    private static final int UNCOMPRESSED = 0;
    private static final int BIT_FIELDS = 3;

    private BmpFile() {}

    /// @throws BadValueException without the file's name
    /// @throws IndexOutOfBoundsException when the file ends early
    static EncodedImage open(ByteBuffer bytes) {
        var file = ByteBuffer.allocate(bytes.limit()).order(ByteOrder.LITTLE_ENDIAN);
        file.put(0, bytes, 0, bytes.limit());
        int header = file.getInt(14);
        boolean oldest = header == OLDEST_HEADER;
        int width = oldest ? file.getShort(18) & 0xffff : file.getInt(18);
        // A negative height means that the first row comes first.
        int height = oldest ? file.getShort(20) & 0xffff : BadValueException.toInt(Math.abs((long) file.getInt(22)));
        int bitsPerPixel = file.getShort(oldest ? 24 : 28) & 0xffff;
        int compression = oldest ? UNCOMPRESSED : file.getInt(30);
        if (bitsPerPixel < 1 || bitsPerPixel > 32) {
            throw new BadValueException("is a BMP image of " + bitsPerPixel + " bits per pixel; convert it to PNG");
        }
        if (compression < UNCOMPRESSED || compression > BIT_FIELDS) {
            // A whole JPEG or PNG may hide in a BMP; nobody would check its size.
            throw new BadValueException(
                    "is a BMP image of compression " + compression + ", which is not supported; convert it to PNG");
        }
        if (compression == UNCOMPRESSED || compression == BIT_FIELDS) {
            long row = ((long) width * bitsPerPixel + 31) / 32 * 4;
            if (Integer.toUnsignedLong(file.getInt(10)) + row * height > file.limit()) {
                throw new IndexOutOfBoundsException();
            }
        }
        // The decoder believes the length in the header, which some programs leave empty.
        file.putInt(2, file.limit());
        if (header >= HEADER_WITH_COLOR_SPACE) {
            // Instead of a profile, or the path of one.
            file.putInt(COLOR_SPACE, SRGB);
        }
        return new EncodedImage(
                height, width, 4 + 3, Orientation.TOP_LEFT, () -> Rasters.overWhite(Codec.image("bmp", file)));
    }
}
