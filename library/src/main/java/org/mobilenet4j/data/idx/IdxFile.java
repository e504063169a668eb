package org.mobilenet4j.data.idx;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.ZipException;
import org.mobilenet4j.data.shard.Gunzip;
import org.mobilenet4j.error.BadFileException;

/// An IDX file of unsigned bytes, as in MNIST, gzipped or not: two zeros, the type, the number of dimensions; the sizes
/// as 32-bit big-endian integers; the values, row by row.
final class IdxFile {
    private static final int UNSIGNED_BYTE = 8;
    private static final long MAX_VALUES = Integer.MAX_VALUE - 64;

    private final Path file;
    private final int[] sizes;
    private final byte[] values;

    private IdxFile(Path file, int[] sizes, byte[] values) {
        this.file = file;
        this.sizes = sizes;
        this.values = values;
    }

    /// The path of the file.
    Path file() {
        return file;
    }

    /// The size along dimension `dimension`, outermost first.
    int size(int dimension) {
        return sizes[dimension];
    }

    /// All values, row by row; do not modify.
    byte[] values() {
        return values;
    }

    /// Reads `file`, which must have `dimensions` dimensions. Memory grows with the actual content, not with the
    /// claimed size.
    ///
    /// @throws BadFileException when it is not such a file, is cut short, damaged or too large
    /// @throws IOException when it cannot be opened
    static IdxFile read(Path file, int dimensions) throws IOException {
        try (var in = Gunzip.open(file)) {
            var head = ByteBuffer.wrap(in.readNBytes(4 + 4 * dimensions));
            if (head.limit() < 4 || head.getInt() != ((UNSIGNED_BYTE << 8) | dimensions)) {
                throw new BadFileException(
                        file,
                        "is not an IDX file of bytes in " + dimensions
                                + " dimensions (it does not begin with 00 00 08 0" + dimensions
                                + "); name the right file");
            }
            if (head.remaining() < 4 * dimensions) {
                throw new EOFException();
            }
            var sizes = new int[dimensions];
            long count = 1;
            for (int i = 0; i < dimensions; i++) {
                sizes[i] = head.getInt();
                if (sizes[i] < 1 || count * sizes[i] > MAX_VALUES) {
                    throw new BadFileException(
                            file,
                            "claims an impossible size (" + Integer.toUnsignedString(sizes[i]) + "); get it again");
                }
                count *= sizes[i];
            }
            Gunzip.requirePossible(file, count, "its header");
            var values = in.readNBytes((int) count);
            if (values.length < count) {
                throw new EOFException();
            }
            if (in.read() >= 0) {
                throw new BadFileException(
                        file, "has data after the " + count + " values that its header claims; get it again");
            }
            return new IdxFile(file, sizes, values);
        } catch (EOFException e) {
            throw new BadFileException(file, "is cut short; get it again", e);
        } catch (ZipException e) {
            throw new BadFileException(file, "is damaged (" + e.getMessage() + "); get it again", e);
        }
    }
}
