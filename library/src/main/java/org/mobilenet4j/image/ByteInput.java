package org.mobilenet4j.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import javax.imageio.stream.ImageInputStreamImpl;

/// Bytes in memory as an input stream for ImageIO, whose own streams keep a second copy, in memory or in a temporary
/// file.
final class ByteInput extends ImageInputStreamImpl {
    /// Limits reads past the end: some decoders replace missing data by zeros, one slow exception at a time;
    /// intact files hardly ever get there.
    private static final int MAX_READS_PAST_END = 1000;

    private final ByteBuffer bytes;
    private int readsPastEnd;

    ByteInput(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    @Override
    public int read() throws IOException {
        bitOffset = 0;
        return streamPos < bytes.limit() ? bytes.get((int) streamPos++) & 0xff : end();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        bitOffset = 0;
        if (length == 0) {
            return 0;
        }
        if (streamPos >= bytes.limit()) {
            return end();
        }
        int count = (int) Math.min(length, bytes.limit() - streamPos);
        bytes.get((int) streamPos, target, offset, count);
        streamPos += count;
        return count;
    }

    private int end() throws IOException {
        if (++readsPastEnd > MAX_READS_PAST_END) {
            throw new IOException("its data end before its pixels are complete");
        }
        return -1;
    }

    @Override
    public long length() {
        return bytes.limit();
    }
}
