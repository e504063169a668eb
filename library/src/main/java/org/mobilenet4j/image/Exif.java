package org.mobilenet4j.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Reads the one EXIF tag that changes a picture, its orientation, from EXIF's TIFF structure.
///
/// Nothing else is followed: one offset, one directory, no second one, so a hostile file can cost at most 65,535 steps.
/// Many programs write broken EXIF, so it never makes a photo unreadable: the photo then counts as upright.
final class Exif {
    private static final int ORIENTATION = 0x0112;
    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int ENTRY_BYTES = 12;

    private Exif() {}

    /// The orientation that `tiff` states; upright when it states none or is broken.
    static Orientation orientation(ByteBuffer tiff) {
        if (tiff.limit() < 8) {
            return Orientation.TOP_LEFT;
        }
        var bytes = tiff.duplicate().order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        long directory = bytes.getInt(4) & 0xffffffffL;
        if (tiff.get(0) != tiff.get(1) || bytes.getShort(2) != 42 || directory > bytes.limit() - 2) {
            return Orientation.TOP_LEFT;
        }
        int first = (int) directory + 2;
        int entries = Math.min(bytes.getShort((int) directory) & 0xffff, (bytes.limit() - first) / ENTRY_BYTES);
        for (int i = 0; i < entries; i++) {
            int entry = first + i * ENTRY_BYTES;
            if (bytes.getShort(entry) == ORIENTATION) {
                return switch (bytes.getShort(entry + 2)) {
                    case SHORT -> Orientation.of(bytes.getShort(entry + 8));
                    case LONG -> Orientation.of(bytes.getInt(entry + 8));
                    default -> Orientation.TOP_LEFT;
                };
            }
        }
        return Orientation.TOP_LEFT;
    }
}
