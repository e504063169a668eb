package org.mobilenet4j.machine;

import java.lang.foreign.MemorySegment;
import java.util.List;
import org.mobilenet4j.machine.code.Code;

/// Code that is loaded, until its arena is closed.
public final class NativeCode {
    private final List<Code.Entry> entries;
    private final MemorySegment memory;

    NativeCode(Code code, MemorySegment memory) {
        this.entries = code.entries();
        this.memory = memory;
    }

    /// The routine of that name.
    ///
    /// @throws IllegalArgumentException if there is none
    public NativeRoutine routine(String name) {
        for (Code.Entry entry : entries) {
            if (entry.name().equals(name)) {
                return new NativeRoutine(memory.asSlice(entry.offset(), entry.length()));
            }
        }
        throw new IllegalArgumentException("no routine " + name + " among " + entries);
    }
}
