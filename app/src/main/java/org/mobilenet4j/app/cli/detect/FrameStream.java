package org.mobilenet4j.app.cli.detect;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.image.DecodeLimits;

/// Frames of a video as programs write them to a pipe: JPEG or PNG files, one after the other, as
/// `ffmpeg -f image2pipe` does. A single photo of any kind is a stream of one frame.
final class FrameStream {
    private static final int BUFFER = 1 << 16;
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8};

    private static final int MARKER = 0xff;
    private static final int END_OF_IMAGE = 0xd9;
    /// Of a length field, which counts itself in JPEG.
    private static final int LENGTH = 2;

    private final InputStream in;
    private final int most = (int) DecodeLimits.DEFAULT.maxFileBytes();
    private int frames;
    private ByteArrayOutputStream frame = new ByteArrayOutputStream();

    FrameStream(InputStream in) {
        this.in = new BufferedInputStream(in, BUFFER);
    }

    /// The bytes of the next frame; null at the end. One that is cut short, and what follows frames and
    /// is none, is returned as it is, for who decodes it to refuse.
    ///
    /// @throws IOException if the stream cannot be read
    byte @Nullable [] next() throws IOException {
        frame = new ByteArrayOutputStream();
        if (begins(PNG)) {
            copyPng();
        } else if (begins(JPEG)) {
            copyJpeg();
        } else if (frames == 1) {
            return null; // a photo may have a trailer
        } else {
            var rest = in.readNBytes(most + 1);
            if (frames > 0 && rest.length == 0) {
                return null;
            }
            frame.writeBytes(rest);
        }
        frames++;
        return frame.toByteArray();
    }

    private boolean begins(byte[] signature) throws IOException {
        in.mark(signature.length);
        var next = in.readNBytes(signature.length);
        in.reset();
        return Arrays.equals(next, signature);
    }

    /// Chunks of a length, a type, as many bytes and a checksum, up to `IEND`.
    private void copyPng() throws IOException {
        copy(PNG.length);
        while (true) {
            long length = number(Integer.BYTES);
            long type = number(Integer.BYTES);
            if (length < 0 || type < 0 || !copy(length + Integer.BYTES) || type == 0x49454e44) {
                return;
            }
        }
    }

    /// Segments with lengths, so that thumbnails in them are passed over, and between them pixels, in
    /// which markers are told from values.
    private void copyJpeg() throws IOException {
        copy(JPEG.length);
        while (true) {
            int value = copied();
            if (value < 0) {
                return;
            }
            if (value != MARKER) {
                continue;
            }
            int marker = copied();
            while (marker == MARKER) {
                marker = copied();
            }
            boolean isAlone = marker <= 1 || (marker >= 0xd0 && marker <= 0xd8);
            if (marker < 0 || marker == END_OF_IMAGE) {
                return;
            }
            if (!isAlone) {
                long length = number(LENGTH);
                if (length < LENGTH || !copy(length - LENGTH)) {
                    return;
                }
            }
        }
    }

    /// The next bytes as a number; -1 at the end.
    private long number(int bytes) throws IOException {
        long number = 0;
        for (int i = 0; i < bytes; i++) {
            int value = copied();
            if (value < 0) {
                return -1;
            }
            number = (number << Byte.SIZE) | value;
        }
        return number;
    }

    /// The next byte; -1 at the end, and where the frame is longer than any photo may be.
    private int copied() throws IOException {
        int value = frame.size() > most ? -1 : in.read();
        if (value >= 0) {
            frame.write(value);
        }
        return value;
    }

    private boolean copy(long count) throws IOException {
        int wanted = (int) Math.min(count, most + 1L - frame.size());
        var bytes = in.readNBytes(Math.max(0, wanted));
        frame.writeBytes(bytes);
        return bytes.length == count;
    }
}
