package org.mobilenet4j.machine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;

/// Pages of memory by `mmap` and its like.
final class PosixPages {
    static final int NONE = 0, READ = 1, READ_WRITE = 3, READ_EXECUTE = 5;

    private static final int MAP_PRIVATE = 2;
    private static final int MADV_HUGEPAGE = 14;
    private static final long MAP_FAILED = -1;

    /// What is done when an arena is closed.
    private record Unmapping(PosixPages pages, long address, long bytes) implements Consumer<MemorySegment> {
        @Override
        public void accept(MemorySegment freed) {
            pages.unmap(address, bytes);
        }
    }

    private final int anonymous;
    private final MemorySegment mmap;
    private final MemorySegment munmap;
    private final MemorySegment mprotect;
    private final MemorySegment madvise;

    /// @param anonymous the platform's flag for pages that belong to no file
    PosixPages(int anonymous) {
        this.anonymous = anonymous;
        NativeFunctions functions = NativeFunctions.ofC();
        mmap = functions.find("mmap");
        munmap = functions.find("munmap");
        mprotect = functions.find("mprotect");
        madvise = functions.find("madvise");
    }

    /// The address of new pages, readable, writable and zero.
    ///
    /// @throws CodeMemoryException if there are none
    long map(long bytes) {
        long address = NativeCall.call(mmap, 0, bytes, READ_WRITE, MAP_PRIVATE | anonymous, -1, 0);
        if (address == MAP_FAILED) {
            throw new CodeMemoryException("the system has no " + bytes + " bytes");
        }
        return address;
    }

    /// Gives pages back.
    void unmap(long address, long bytes) {
        if (bytes > 0) {
            NativeCall.call(munmap, address, bytes, 0, 0, 0, 0);
        }
    }

    /// Says what may be done with pages: [#NONE], [#READ], [#READ_WRITE] or [#READ_EXECUTE].
    ///
    /// @throws CodeMemoryException if the system does not permit that
    void protect(long address, long bytes, int permitted) {
        if ((int) NativeCall.call(mprotect, address, bytes, permitted, 0, 0, 0) != 0) {
            throw new CodeMemoryException("the system forbids memory of kind " + permitted);
        }
    }

    /// Asks for large pages. Linux only; where it has none, nothing changes.
    void adviseHuge(long address, long bytes) {
        NativeCall.call(madvise, address, bytes, MADV_HUGEPAGE, 0, 0, 0);
    }

    /// Mapped pages as a segment, given back with the arena.
    @SuppressWarnings("restricted")
    MemorySegment owned(long address, long bytes, Arena arena) {
        try {
            return MemorySegment.ofAddress(address).reinterpret(bytes, arena, new Unmapping(this, address, bytes));
        } catch (IllegalStateException | WrongThreadException closed) {
            unmap(address, bytes);
            throw closed;
        }
    }
}
