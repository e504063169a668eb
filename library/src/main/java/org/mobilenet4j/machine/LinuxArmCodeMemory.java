package org.mobilenet4j.machine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Code on Linux with an AArch64 processor, whose caches are told of it. No such processor has run it yet.
final class LinuxArmCodeMemory implements CodeMemory {
    private final LinuxCodeMemory memory = new LinuxCodeMemory();
    private final MemorySegment sync;

    LinuxArmCodeMemory() {
        // Nothing can tell the caches of this one; but it lies in pages that were never executable before, and Linux
        // cleans the caches of such as it makes them so.
        sync = memory.load(CacheSync.code().bytes(), Arena.ofAuto());
    }

    @Override
    public MemorySegment load(byte[] code, Arena arena) {
        MemorySegment loaded = memory.load(code, arena);
        long from = loaded.address();
        NativeCall.call(sync, from, from + code.length, 0, 0, 0, 0);
        return loaded;
    }
}
