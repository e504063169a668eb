package org.mobilenet4j.machine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Memory for code, as a platform gives it: writable at first, then executable, never both.
sealed interface CodeMemory permits PosixCodeMemory, LinuxArmCodeMemory, WindowsCodeMemory {
    /// What code is rounded up to.
    int PAGE = 4096;

    /// Copies the code to memory of its own, which may be executed and is freed with the arena.
    ///
    /// @return the code, for reading and calling
    /// @throws CodeMemoryException if the system refuses
    MemorySegment load(byte[] code, Arena arena);

    /// The pages that so many bytes need, in bytes.
    static long pages(long bytes) {
        return Math.addExact(bytes, PAGE - 1) / PAGE * PAGE;
    }
}
