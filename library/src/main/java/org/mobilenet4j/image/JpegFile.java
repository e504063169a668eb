package org.mobilenet4j.image;

import java.nio.ByteBuffer;
import org.mobilenet4j.error.BadValueException;

/// A JPEG file: its segments are walked from start to end, so a file without an end marker is known to be cut short.
/// Data after the end marker is ignored.
final class JpegFile {
    private static final int END = 0xd9;
    private static final int START = 0xd8;
    private static final int SCAN = 0xda;
    private static final int COMMENT = 0xfe;
    private static final int APP0 = 0xe0;
    private static final int APP1 = 0xe1;
    private static final int APP14 = 0xee;
    private static final int APP15 = 0xef;

    /// Each scan processes all coefficients of its components, even if it has hardly any bytes: coefficients that any
    /// file may have processed, and for each of its bytes. A second is worth some 250 million.
    private static final long ALWAYS_WORK = 256_000_000;

    private static final int WORK_PER_BYTE = 500;

    private final ByteBuffer file;
    private final ByteBuffer kept;
    private Orientation orientation = Orientation.TOP_LEFT;
    private boolean jfif;
    private int adobe = JpegColor.NO_ADOBE;
    private ByteBuffer frame = ByteBuffer.allocate(0);
    private boolean progressive;
    private int scans;
    /// Coefficients of all scans.
    private double work;

    private JpegFile(ByteBuffer file) {
        this.file = file;
        this.kept = ByteBuffer.allocate(file.limit());
    }

    /// @throws BadValueException without the file's name
    /// @throws IndexOutOfBoundsException when the file ends early
    static EncodedImage open(ByteBuffer file) {
        return new JpegFile(file).walk();
    }

    private EncodedImage walk() {
        kept.put(file.slice(0, 2));
        int at = 2;
        while (true) {
            int marker = nextMarker(at);
            kept.put(file.slice(at, marker - at));
            int code = file.get(marker + 1) & 0xff;
            if (code == END) {
                kept.put(file.slice(marker, 2)).flip();
                return encoded();
            }
            int length = file.getShort(marker + 2) & 0xffff;
            if (length < 2 || code == START) {
                throw new BadValueException("is a damaged JPEG image (a segment of no length); get it again");
            }
            read(code, file.slice(marker + 4, length - 2));
            if ((code < APP0 || code > APP15) && code != COMMENT) {
                kept.put(file.slice(marker, length + 2));
            }
            at = marker + length + 2;
        }
    }

    /// The next marker outside compressed data: 0xff, not followed by a stuffed 0, a fill byte or a restart.
    private int nextMarker(int from) {
        int at = from;
        while (true) {
            while (file.get(at) != (byte) 0xff) {
                at++;
            }
            int code = file.get(at + 1) & 0xff;
            if (code > 1 && code != 0xff && (code < 0xd0 || code > 0xd7)) {
                return at;
            }
            at++;
        }
    }

    private void read(int code, ByteBuffer segment) {
        switch (code) {
            case APP0 -> jfif |= startsWith(segment, "JFIF\0");
            case APP14 -> adobe = startsWith(segment, "Adobe") && segment.limit() > 11 ? segment.get(11) & 0xff : adobe;
            case APP1 -> {
                if (startsWith(segment, "Exif\0")) {
                    orientation = Exif.orientation(segment.slice(6, segment.limit() - 6));
                }
            }
            case SCAN -> {
                scans++;
                work += coefficients(segment);
                EncodedImage.requireWorth(work, ALWAYS_WORK, WORK_PER_BYTE, file.limit());
            }
            // Start of frame: all of these but the three that define tables.
            case 0xc0, 0xc1, 0xc2, 0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf -> {
                // The decoder would believe the first or the last of them.
                if (frame.hasRemaining()) {
                    throw new BadValueException("is a damaged JPEG image (it has two frames); get it again");
                }
                frame = segment;
                progressive = code == 0xc2;
            }
            default -> {}
        }
    }

    /// The coefficients of the components in a scan.
    private double coefficients(ByteBuffer scan) {
        int components = frame.limit() < 6 ? 0 : frame.get(5);
        double most = 0;
        double inScan = 0;
        for (int i = 0; i < components && 8 + 3 * i < frame.limit(); i++) {
            int sampling = frame.get(7 + 3 * i);
            double samples = (double) (sampling >> 4 & 0xf) * (sampling & 0xf);
            most = Math.max(most, samples);
            for (int k = 1; k < scan.limit() && k < 1 + 2 * scan.get(0); k += 2) {
                inScan += scan.get(k) == frame.get(6 + 3 * i) ? samples : 0;
            }
        }
        return most == 0 ? 0 : (frame.getShort(1) & 0xffff) * (double) (frame.getShort(3) & 0xffff) * inScan / most;
    }

    private EncodedImage encoded() {
        int components = frame.limit() < 6 ? 0 : frame.get(5);
        if (components < 1 || components > 4 || frame.limit() < 6 + 3 * components || scans == 0) {
            throw new BadValueException("is a JPEG image without a readable frame; get it again");
        }
        var ids = new int[components];
        for (int i = 0; i < components; i++) {
            ids[i] = frame.get(6 + 3 * i);
        }
        int height = frame.getShort(1) & 0xffff;
        int width = frame.getShort(3) & 0xffff;
        var color = JpegColor.of(ids, jfif, adobe);
        // Components that are not RGB in place, the coefficients of a file of several scans, and a turned copy.
        int bytes = (components == 3 ? 3 : components + 3)
                + (progressive || scans > 1 ? 2 * components : 0)
                + (orientation == Orientation.TOP_LEFT ? 0 : 3);
        return new EncodedImage(
                height, width, bytes, orientation, () -> color.toRgb(height, width, Codec.components(kept)));
    }

    static boolean startsWith(ByteBuffer segment, String tag) {
        if (segment.limit() <= tag.length()) {
            return false;
        }
        for (int i = 0; i < tag.length(); i++) {
            if (segment.get(i) != tag.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
