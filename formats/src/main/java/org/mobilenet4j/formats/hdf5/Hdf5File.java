package org.mobilenet4j.formats.hdf5;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.mobilenet4j.error.BadValueException;

/// An HDF5 file in memory or mapped into it. Groups and data sets are read on demand.
public final class Hdf5File {
    /// The signature of HDF5 files.
    private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};

    /// How many times the file's size may be read in total: once for names and headers, once for values, and some
    /// reserve.
    private static final int BUDGET = 4;

    private final MemorySegment bytes;
    private final int offsetSize;
    private final int lengthSize;
    private final long root;
    private final Map<Long, ObjectHeader> headers = new HashMap<>();
    private final Map<ObjectHeader, Map<String, Long>> links = new HashMap<>();
    private final GlobalHeap globalHeap = new GlobalHeap(this);
    private long budget;

    private Hdf5File(MemorySegment bytes, Cursor superblock) {
        this.bytes = bytes;
        this.budget = BUDGET * bytes.byteSize();
        superblock.skip(SIGNATURE.length);
        int version = superblock.u8();
        if (version > 3) {
            throw new BadValueException(
                    "is an HDF5 file of version " + version + "; only versions 0 to 3 are supported");
        }
        boolean isOld = version < 2;
        superblock.skip(isOld ? 4 : 0); // versions of structures that have only one
        this.offsetSize = sizeOf(superblock.u8());
        this.lengthSize = sizeOf(superblock.u8());
        // Sizes of tree nodes, which the nodes contain themselves; then flags.
        superblock.skip(isOld ? 9 + (version == 1 ? 4 : 0) : 1);
        if (superblock.number(offsetSize) != 0) {
            throw new BadValueException("is an HDF5 file with other data before it; save the model again");
        }
        superblock.skip(offsetSize); // free space, or an extension
        long end = superblock.number(offsetSize);
        if (end < 0 || end > bytes.byteSize()) {
            throw new BadValueException("should have " + Long.toUnsignedString(end) + " bytes, but has only "
                    + bytes.byteSize() + "; it was cut off, get it again");
        }
        superblock.skip(isOld ? 2 * offsetSize : 0); // driver; the root's name
        this.root = superblock.number(offsetSize);
    }

    /// Whether a file that begins with `start` is an HDF5 file.
    public static boolean hasMagic(MemorySegment start) {
        return start.byteSize() >= SIGNATURE.length
                && Arrays.equals(start.asSlice(0, SIGNATURE.length).toArray(ValueLayout.JAVA_BYTE), SIGNATURE);
    }

    /// The file with the contents `bytes`.
    ///
    /// @throws IllegalArgumentException if they are not HDF5, cut off, or of an unsupported version
    public static Hdf5File of(MemorySegment bytes) {
        if (!hasMagic(bytes)) {
            throw new BadValueException("is not an HDF5 file; check its format and name");
        }
        return new Hdf5File(bytes, new Cursor(bytes, "its superblock"));
    }

    /// The root group.
    public Hdf5Group root() {
        return new Hdf5Group(this, header(root), "/");
    }

    int offsetSize() {
        return offsetSize;
    }

    int lengthSize() {
        return lengthSize;
    }

    GlobalHeap globalHeap() {
        return globalHeap;
    }

    /// The undefined address: all bits set.
    boolean isUndefined(long address) {
        return address == (offsetSize == 8 ? -1 : (1L << (8 * offsetSize)) - 1);
    }

    /// The file from `address` on.
    Cursor at(long address, String what) {
        if (address < 0 || address > bytes.byteSize()) {
            throw new BadValueException(what + " lies outside the file; it is damaged");
        }
        return new Cursor(bytes.asSlice(address), what);
    }

    /// The object header at `address`, read only once, however many links lead to it.
    ObjectHeader header(long address) {
        var known = headers.get(address);
        if (known == null) {
            known = ObjectHeader.read(this, address);
            headers.put(address, known);
        }
        return known;
    }

    /// The addresses by name in the group of `header`, read only once.
    Map<String, Long> links(ObjectHeader header, Supplier<Map<String, Long>> reading) {
        var known = links.get(header);
        if (known == null) {
            known = reading.get();
            links.put(header, known);
        }
        return known;
    }

    /// Called before `count` bytes of the file are copied or parsed, so that a small file that refers to the same bytes
    /// over and over cannot fill the memory or take forever.
    void using(long count) {
        budget -= count;
        if (budget < 0) {
            throw new BadValueException("refers to the same bytes over and over; it is damaged");
        }
    }

    private static int sizeOf(int size) {
        if (size != 2 && size != 4 && size != 8) {
            throw new BadValueException("has addresses of " + size + " bytes; only 2, 4 and 8 are supported");
        }
        return size;
    }
}
