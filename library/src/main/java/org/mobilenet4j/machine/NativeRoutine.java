package org.mobilenet4j.machine;

import java.lang.foreign.MemorySegment;

/// A routine in loaded code. It may run in several threads at the same time, and its code stays until all have
/// returned. What its arguments point at is the caller's to keep.
public final class NativeRoutine {
    /// Stands for an array that a routine does not take.
    public static final float[] NOTHING = {};

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

    /// Runs one that begins as an [org.mobilenet4j.machine.x64.ArrayRoutine], with eight arrays, the place in each
    /// where its work begins, counted in floats, and six numbers. Where it takes fewer, pass [#NOTHING].
    ///
    /// @throws IllegalStateException if its arena is closed
    public void call(
            float[] a,
            float[] b,
            float[] c,
            float[] d,
            float[] e,
            float[] f,
            float[] g,
            float[] h,
            int aAt,
            int bAt,
            int cAt,
            int dAt,
            int eAt,
            int fAt,
            int gAt,
            int hAt,
            long i,
            long j,
            long k,
            long l,
            long m,
            long n) {
        NativeArrayCall.call(code, a, b, c, d, e, f, g, h, aAt, bAt, cAt, dAt, eAt, fAt, gAt, hAt, i, j, k, l, m, n);
    }

    /// Runs one that takes four arrays and two numbers.
    public void call(float[] a, float[] b, float[] c, float[] d, int aAt, int bAt, int cAt, int dAt, long i, long j) {
        call(a, b, c, d, NOTHING, NOTHING, NOTHING, NOTHING, aAt, bAt, cAt, dAt, 0, 0, 0, 0, i, j, 0, 0, 0, 0);
    }

    /// The address of its first instruction.
    public long address() {
        return code.address();
    }
}
