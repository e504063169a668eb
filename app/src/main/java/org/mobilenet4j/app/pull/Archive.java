package org.mobilenet4j.app.pull;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/// Extracts one file from a `.tgz`, as a stream. Names in the archive only select the file and are never used as paths;
/// the unpacked size is bounded.
final class Archive {
    /// More than the unpacked size of the largest checkpoint with its optimizer state.
    private static final long MOST_BYTES = 512L << 20;

    /// Four times the largest published model.
    private static final long MOST_MODEL_BYTES = 64L << 20;

    private static final byte[] TFLITE = "TFL3".getBytes(StandardCharsets.US_ASCII);
    private static final int TFLITE_AT = 4;

    private static final int BUFFER_BYTES = 1 << 16;

    private Archive() {}

    /// Writes the TFLite file `name`, at the top level of `archive`, to `out`.
    ///
    /// @throws IOException if it is missing, too large or not a TFLite file, or the archive is damaged
    static void extract(Path archive, String name, Path out) throws IOException {
        extract(archive, name, out, MOST_BYTES, MOST_MODEL_BYTES);
    }

    /// The same with other limits.
    static void extract(Path archive, String name, Path out, long mostBytes, long mostModelBytes) throws IOException {
        try (var stored = Files.newInputStream(archive);
                var unpacked = new Limited(new GZIPInputStream(stored, BUFFER_BYTES), mostBytes);
                var tar = new TarArchiveInputStream(new BufferedInputStream(unpacked, BUFFER_BYTES))) {
            if (!goTo(tar, name)) {
                throw new IOException("has no " + name + " in it");
            }
            copy(new Limited(tar, mostModelBytes), name, out);
        } catch (EOFException e) {
            throw new IOException(archive + ": the archive is cut short", e);
        } catch (IOException e) {
            throw new IOException(archive + ": the archive cannot be used: " + e.getMessage(), e);
        }
    }

    private static boolean goTo(TarArchiveInputStream tar, String name) throws IOException {
        for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            if (isFile(entry)
                    && (entry.getName().equals(name) || entry.getName().equals("./" + name))) {
                return true;
            }
        }
        return false;
    }

    /// The entry's own `isFile` also returns true for links.
    private static boolean isFile(TarArchiveEntry entry) {
        return entry.getLinkFlag() == TarConstants.LF_NORMAL || entry.getLinkFlag() == TarConstants.LF_OLDNORM;
    }

    private static void copy(InputStream content, String name, Path out) throws IOException {
        try (var file = Files.newOutputStream(out)) {
            var head = content.readNBytes(TFLITE_AT + TFLITE.length);
            if (head.length < TFLITE_AT + TFLITE.length
                    || !Arrays.equals(Arrays.copyOfRange(head, TFLITE_AT, head.length), TFLITE)) {
                throw new IOException(name + " in it is not a TFLite file");
            }
            file.write(head);
            content.transferTo(file);
        }
    }

    /// A stream that fails once it exceeds its limit.
    private static final class Limited extends FilterInputStream {
        private long left;

        Limited(InputStream in, long most) {
            super(in);
            this.left = most;
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            count(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] buffer, int from, int length) throws IOException {
            int read = super.read(buffer, from, length);
            count(Math.max(0, read));
            return read;
        }

        @Override
        public long skip(long bytes) throws IOException {
            long skipped = super.skip(bytes);
            count(skipped);
            return skipped;
        }

        @Override
        public boolean markSupported() {
            return false;
        }

        private void count(long bytes) throws IOException {
            left -= bytes;
            if (left < 0) {
                throw new IOException("it unpacks to more than any published model");
            }
        }
    }
}
