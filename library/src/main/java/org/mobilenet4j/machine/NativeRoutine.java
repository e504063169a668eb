package org.mobilenet4j.machine;

import java.lang.foreign.MemorySegment;

/// A routine in loaded code. It may run in several threads at the same time, and its code stays until all have
/// returned. What its arguments point at is the caller's to keep.
public final class NativeRoutine {
    private final MemorySegment code;

    NativeRoutine(MemorySegment code) {
        this.code = code;
    }

    /// Runs it with six integers or addresses; those that it does not take are ignored.
    ///
    /// @return what it left in RAX
    /// @throws IllegalStateException if its arena is closed
    public long call(long a, long b, long c, long d, long e, long f) {
        return NativeCall.call(code, a, b, c, d, e, f);
    }

    /// The address of its first instruction.
    public long address() {
        return code.address();
    }
}
