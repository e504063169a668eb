package org.mobilenet4j.machine;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Code by `mmap` and `mprotect`.
abstract sealed class PosixCodeMemory implements CodeMemory permits LinuxCodeMemory, MacCodeMemory {
    private final PosixPages pages;

    PosixCodeMemory(PosixPages pages) {
        this.pages = pages;
    }

    final PosixPages pages() {
        return pages;
    }

    @Override
    public final MemorySegment load(byte[] code, Arena arena) {
        long bytes = CodeMemory.pages(code.length);
        long address = pages.map(bytes);
        MemorySegment memory = pages.owned(address, bytes, arena);
        MemorySegment.copy(code, 0, memory, JAVA_BYTE, 0, code.length);
        pages.protect(address, bytes, PosixPages.READ_EXECUTE);
        return memory.asSlice(0, code.length).asReadOnly();
    }
}
