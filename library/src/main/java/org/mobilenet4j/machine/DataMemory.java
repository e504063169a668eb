package org.mobilenet4j.machine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// Memory that code works on: off the heap, where the collector moves nothing, zero, and on cache lines.
final class DataMemory {
    /// A cache line, and the widest vector.
    static final int LINE = 64;

    /// A large page, which saves most page faults of memory that is used for the first time.
    static final long HUGE = 2 << 20;

    private final @Nullable PosixPages pages;

    /// @param pages where large pages may be asked for
    DataMemory(@Nullable PosixPages pages) {
        this.pages = pages;
    }

    /// So many bytes, freed with the arena.
    MemorySegment allocate(long bytes, Arena arena) {
        return pages == null || bytes < HUGE ? arena.allocate(bytes, LINE) : huge(pages, bytes, arena);
    }

    private static MemorySegment huge(PosixPages pages, long bytes, Arena arena) {
        long needed = CodeMemory.pages(bytes);
        long all = Math.addExact(needed, HUGE);
        long address = pages.map(all);
        // What lies before the first large page and behind the last that is needed goes back at once.
        long start = Math.ceilDiv(address, HUGE) * HUGE;
        pages.unmap(address, start - address);
        pages.unmap(start + needed, address + all - (start + needed));
        pages.adviseHuge(start, needed);
        return pages.owned(start, needed, arena).asSlice(0, bytes);
    }
}
