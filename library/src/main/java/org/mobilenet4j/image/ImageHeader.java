package org.mobilenet4j.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Finds the size of a JPEG or PNG in its first segments, without reading the pixels behind them. What is not as most
/// files are is left to those who read the whole.
final class ImageHeader {
    private static final int JPEG_START = 0xffd8;
    private static final int SCAN = 0xda;
    private static final int APP1 = 0xe1;
    private static final int PNG_HEADER = 16;
    private static final int EXIF_CHUNK = 0x65584966;
    private static final int END_CHUNK = 0x49454e44;

    /// Segments before the first scan; photos have some twenty, with a large profile a hundred.
    private static final int MAX_SEGMENTS = 1000;

    private final FileChannel file;
    private Orientation orientation = Orientation.TOP_LEFT;

    private ImageHeader(FileChannel file) {
        this.file = file;
    }

    /// The size in the header of `file`, if it is one of these formats, and intact so far.
    static Optional<ImageSize> read(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (var channel = FileChannel.open(file)) {
            var header = new ImageHeader(channel);
            var start = header.bytes(0, PNG_HEADER);
            if (Format.of(start) == Format.PNG) {
                return header.png();
            }
            return (start.getShort(0) & 0xffff) == JPEG_START ? header.jpeg() : Optional.empty();
        } catch (IOException | IndexOutOfBoundsException _) {
            return Optional.empty();
        }
    }

    private Optional<ImageSize> jpeg() throws IOException {
        int height = 0;
        int width = 0;
        long at = 2;
        for (int i = 0; i < MAX_SEGMENTS; i++) {
            var segment = bytes(at, 4);
            int code = segment.get(1) & 0xff;
            int length = segment.getShort(2) & 0xffff;
            if (segment.get(0) != (byte) 0xff || code < 0xc0 || length < 2) {
                return Optional.empty();
            }
            if (code == SCAN) {
                return size(height, width);
            }
            if (code == APP1) {
                exif(bytes(at + 4, length - 2));
            } else if (code <= 0xcf && code != 0xc4 && code != 0xc8 && code != 0xcc) {
                if (height != 0) {
                    return Optional.empty();
                }
                var frame = bytes(at + 4, 5);
                height = frame.getShort(1) & 0xffff;
                width = frame.getShort(3) & 0xffff;
            }
            at += length + 2;
        }
        return Optional.empty();
    }

    private void exif(ByteBuffer segment) {
        if (JpegFile.startsWith(segment, "Exif\0")) {
            orientation = Exif.orientation(segment.slice(6, segment.limit() - 6));
        }
    }

    private Optional<ImageSize> png() throws IOException {
        var sides = bytes(PNG_HEADER, 8);
        long at = 8;
        for (int i = 0; i < MAX_SEGMENTS && at < file.size(); i++) {
            var chunk = bytes(at, 8);
            int length = chunk.getInt(0);
            int type = chunk.getInt(4);
            if (length < 0) {
                return Optional.empty();
            }
            if (type == EXIF_CHUNK) {
                orientation = Exif.orientation(bytes(at + 8, Math.min(length, 1 << 16)));
            }
            if (type == END_CHUNK) {
                return size(sides.getInt(4), sides.getInt(0));
            }
            at += length + 12L;
        }
        return Optional.empty();
    }

    private Optional<ImageSize> size(int height, int width) {
        return height < 1 || width < 1 ? Optional.empty() : Optional.of(new ImageSize(height, width, orientation));
    }

    /// @throws IndexOutOfBoundsException when the file ends before
    private ByteBuffer bytes(long at, int count) throws IOException {
        var bytes = ByteBuffer.allocate(count);
        while (bytes.hasRemaining()) {
            if (file.read(bytes, at + bytes.position()) < 0) {
                throw new IndexOutOfBoundsException();
            }
        }
        return bytes.flip();
    }
}
