package org.mobilenet4j.machine;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Memory with pages around it that nobody may touch: code that reads or writes one byte too far ends the process,
/// rather than going unnoticed. Linux only; tests that want it elsewhere are skipped.
public final class GuardedMemory {
    private GuardedMemory() {}

    /// So many bytes, the last of which lies before a forbidden page.
    public static MemorySegment before(long bytes, Arena arena) {
        MemorySegment inner = inner(bytes, arena);
        return inner.asSlice(inner.byteSize() - bytes, bytes);
    }

    /// So many bytes, the first of which lies behind a forbidden page.
    public static MemorySegment behind(long bytes, Arena arena) {
        return inner(bytes, arena).asSlice(0, bytes);
    }

    private static MemorySegment inner(long bytes, Arena arena) {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "guard pages are made on Linux only");
        PosixPages pages = new LinuxCodeMemory().pages();
        long inside = CodeMemory.pages(Math.max(1, bytes));
        long all = inside + 2 * CodeMemory.PAGE;
        long address = pages.map(all);
        MemorySegment memory = pages.owned(address, all, arena);
        pages.protect(address, CodeMemory.PAGE, PosixPages.NONE);
        pages.protect(address + CodeMemory.PAGE + inside, CodeMemory.PAGE, PosixPages.NONE);
        return memory.asSlice(CodeMemory.PAGE, inside);
    }
}
