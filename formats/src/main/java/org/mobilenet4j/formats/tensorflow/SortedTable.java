package org.mobilenet4j.formats.tensorflow;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.mobilenet4j.error.BadValueException;

/// Reads tables as LevelDB writes them, in which TensorFlow keeps the places of variables: blocks of entries in the
/// order of their keys, each key without what it has in common with the one before it; a block of the places of blocks;
/// and 48 bytes at the end that say where that is.
final class SortedTable {
    private static final int FOOTER = 48;
    private static final long MAGIC = 0xdb4775248b80fb57L;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /// Limit on the bytes of all keys, which may be longer than the file.
    private static final long MAX_KEY_BYTES = 1 << 22;

    private final MemorySegment file;
    private long keyBytesLeft = MAX_KEY_BYTES;

    private SortedTable(MemorySegment file) {
        this.file = file;
    }

    /// Whether `file` ends as such a table does.
    static boolean isTable(MemorySegment file) {
        return file.byteSize() >= FOOTER && file.get(LONG, file.byteSize() - Long.BYTES) == MAGIC;
    }

    /// The values of the table in `file` by their keys.
    ///
    /// @throws IllegalArgumentException if it is not a table, is damaged or compressed
    static Map<String, MemorySegment> read(MemorySegment file) {
        if (!isTable(file)) {
            throw ProtoBytes.damaged();
        }
        var table = new SortedTable(file);
        var footer = new ProtoBytes(file.asSlice(file.byteSize() - FOOTER, FOOTER));
        footer.varint();
        footer.varint(); // the place of a block of statistics
        var entries = new LinkedHashMap<String, MemorySegment>();
        for (var place : table.entries(table.block(footer)).values()) {
            entries.putAll(table.entries(table.block(new ProtoBytes(place))));
        }
        return entries;
    }

    private MemorySegment block(ProtoBytes place) {
        long offset = place.varint();
        long length = place.varint();
        if (offset < 0 || length < Integer.BYTES || offset > file.byteSize() || length >= file.byteSize() - offset) {
            throw ProtoBytes.damaged();
        }
        if (file.get(ValueLayout.JAVA_BYTE, offset + length) != 0) {
            throw new BadValueException("is compressed, which TensorFlow's variables are not; save the model again");
        }
        return file.asSlice(offset, length);
    }

    private Map<String, MemorySegment> entries(MemorySegment block) {
        long restarts = Integer.toUnsignedLong(block.get(INT, block.byteSize() - Integer.BYTES));
        long end = block.byteSize() - Integer.BYTES * (restarts + 1);
        if (end < 0) {
            throw ProtoBytes.damaged();
        }
        var in = new ProtoBytes(block.asSlice(0, end));
        var entries = new LinkedHashMap<String, MemorySegment>();
        var key = new byte[0];
        while (!in.isAtEnd()) {
            long shared = in.varint();
            long own = in.varint();
            long length = in.varint();
            if (shared < 0 || shared > key.length) {
                throw ProtoBytes.damaged();
            }
            var rest = in.take(own).toArray(ValueLayout.JAVA_BYTE);
            keyBytesLeft -= shared + rest.length;
            if (keyBytesLeft < 0) {
                throw new BadValueException("has names of more than " + MAX_KEY_BYTES + " bytes, which is the limit");
            }
            var next = new ByteArrayOutputStream();
            next.write(key, 0, (int) shared);
            next.writeBytes(rest);
            key = next.toByteArray();
            entries.put(new String(key, StandardCharsets.UTF_8), in.take(length));
        }
        return entries;
    }
}
