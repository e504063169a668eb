package org.mobilenet4j.formats.hdf5;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mobilenet4j.error.BadValueException;

/// The names in a group in HDF5's original format: a B-tree of nodes, leaves with entries, and a heap with the names.
final class SymbolTable {
    /// Limit on the length of a name.
    private static final int MAX_NAME = 4096;

    private final Hdf5File file;
    private final String what;
    private final Map<String, Long> links = new LinkedHashMap<>();

    private SymbolTable(Hdf5File file, String path) {
        this.file = file;
        this.what = "the list of names in its group " + path;
    }

    /// The addresses by name.
    ///
    /// @param message the body of the message with the addresses of the tree and the heap
    static Map<String, Long> read(Hdf5File file, Cursor message, String path) {
        var table = new SymbolTable(file, path);
        table.walk(message.number(file.offsetSize()), table.heap(message.number(file.offsetSize())));
        return table.links;
    }

    private Cursor heapTexts(long begin, long length) {
        return file.at(begin, what).piece(length, what);
    }

    private record Heap(long begin, long length) {}

    private Heap heap(long address) {
        var cursor = file.at(address, what);
        cursor.expect("HEAP");
        cursor.skip(4); // version
        long length = cursor.number(file.lengthSize());
        cursor.skip(file.lengthSize()); // free space
        return new Heap(cursor.number(file.offsetSize()), length);
    }

    /// Visits each node once, whatever level it claims to have.
    private void walk(long root, Heap heap) {
        var open = new ArrayDeque<>(List.of(root));
        var seen = new HashSet<Long>();
        while (!open.isEmpty()) {
            long address = open.removeLast();
            if (!seen.add(address)) {
                throw new BadValueException(what + " leads back to itself; the file is damaged");
            }
            var cursor = file.at(address, what);
            cursor.expect("TREE");
            int kind = cursor.u8();
            int level = cursor.u8();
            int entries = cursor.u16();
            if (kind != 0) {
                throw new BadValueException(what + " is a list of something else; the file is damaged");
            }
            cursor.skip(2L * file.offsetSize()); // neighbors
            for (int i = 0; i < entries; i++) {
                cursor.skip(file.lengthSize()); // key
                long child = cursor.number(file.offsetSize());
                file.using(file.lengthSize() + file.offsetSize());
                if (level > 0) {
                    open.add(child);
                } else if (seen.add(child)) {
                    readLeaf(child, heap);
                }
            }
        }
    }

    private void readLeaf(long address, Heap heap) {
        var cursor = file.at(address, what);
        cursor.expect("SNOD");
        cursor.skip(2); // version
        int symbols = cursor.u16();
        for (int i = 0; i < symbols; i++) {
            long name = cursor.number(file.offsetSize());
            long header = cursor.number(file.offsetSize());
            cursor.skip(24); // cached data
            file.using(2L * file.offsetSize() + 24);
            links.put(name(heap, name), header);
        }
    }

    private String name(Heap heap, long offset) {
        var cursor = heapTexts(heap.begin(), heap.length());
        cursor.skip(offset);
        var name = new ByteArrayOutputStream();
        for (int c = cursor.u8(); c != 0; c = cursor.u8()) {
            if (name.size() == MAX_NAME) {
                throw new BadValueException(what + " has a name over " + MAX_NAME + " bytes");
            }
            name.write(c);
        }
        file.using(name.size());
        return name.toString(StandardCharsets.UTF_8);
    }
}
