package org.mobilenet4j.machine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Code on Linux with an AArch64 processor, whose caches, and other cores, are told of it. No such processor has run it
/// yet.
final class LinuxArmCodeMemory implements CodeMemory {
    /// Linux' number of the call by which all cores that run this process forget instructions that they have read
    /// ahead, what announces that, and what does it.
    private static final int MEMBARRIER = 283, REGISTER_SYNC_CORE = 1 << 6, SYNC_CORE = 1 << 5;

    private final LinuxCodeMemory memory = new LinuxCodeMemory();
    private final MemorySegment syscall = NativeFunctions.ofC().find("syscall");
    private final MemorySegment sync;

    LinuxArmCodeMemory() {
        membarrier(REGISTER_SYNC_CORE);
        // Nothing can tell the caches of this one; but it lies in pages that were never executable before, and Linux
        // cleans the caches of such as it makes them so.
        sync = memory.load(CacheSync.code().bytes(), Arena.ofAuto());
        membarrier(SYNC_CORE);
    }

    @Override
    public MemorySegment load(byte[] code, Arena arena) {
        MemorySegment loaded = memory.load(code, arena);
        long from = loaded.address();
        NativeCall.call(sync, from, from + code.length, 0, 0, 0, 0);
        membarrier(SYNC_CORE);
        return loaded;
    }

    /// Does nothing before Linux 4.16, where the pages' change of kind must do.
    private void membarrier(int command) {
        NativeCall.call(syscall, MEMBARRIER, command, 0, 0, 0, 0);
    }
}
