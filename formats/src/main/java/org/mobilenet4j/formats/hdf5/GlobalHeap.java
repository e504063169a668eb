package org.mobilenet4j.formats.hdf5;

import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;
import org.mobilenet4j.error.BadValueException;

/// The heap of variable-length strings: collections of numbered objects.
final class GlobalHeap {
    private static final String NAME = "its heap of texts";

    private final Hdf5File file;
    private final Map<Long, Map<Integer, MemorySegment>> collections = new HashMap<>();

    GlobalHeap(Hdf5File file) {
        this.file = file;
    }

    /// The object that `place` refers to by its length, the collection's address, and its index there.
    MemorySegment find(Cursor place) {
        long length = place.u32();
        long address = place.number(file.offsetSize());
        int index = (int) place.u32();
        var piece = collection(address).get(index);
        if (piece == null || piece.byteSize() < length) {
            throw new BadValueException(NAME + " lacks a string that is referred to; the file is damaged");
        }
        return piece.asSlice(0, length);
    }

    private Map<Integer, MemorySegment> collection(long address) {
        var known = collections.get(address);
        if (known == null) {
            known = read(address);
            collections.put(address, known);
        }
        return known;
    }

    private Map<Integer, MemorySegment> read(long address) {
        var start = file.at(address, NAME);
        start.expect("GCOL");
        start.skip(4); // version
        long size = start.number(file.lengthSize());
        var cursor = file.at(address, NAME).piece(size, NAME);
        file.using(size);
        cursor.skip(start.position());
        var pieces = new HashMap<Integer, MemorySegment>();
        while (cursor.remaining() >= 8 + file.lengthSize()) {
            int index = cursor.u16();
            cursor.skip(6); // references
            long length = cursor.number(file.lengthSize());
            if (index == 0) {
                break; // the rest is free
            }
            pieces.put(index, cursor.slice(length));
            cursor.skip(Math.min(-length & 7, cursor.remaining()));
        }
        return pieces;
    }
}
