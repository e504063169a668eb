package org.mobilenet4j.machine;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;

/// The bridge to code that works on arrays on the heap: eight of them, the bytes to skip in each, and six numbers. The
/// collector waits while such code runs, so that the arrays stay where they are; a call has to be short.
final class NativeArrayCall {
    private static final int ARRAYS = 8;
    private static final int NUMBERS = 6;
    private static final MethodHandle CRITICAL = link();

    private NativeArrayCall() {}

    @SuppressWarnings("restricted")
    private static MethodHandle link() {
        var arguments = new MemoryLayout[2 * ARRAYS + NUMBERS];
        Arrays.fill(arguments, JAVA_LONG);
        Arrays.fill(arguments, 0, ARRAYS, ADDRESS);
        return Linker.nativeLinker().downcallHandle(FunctionDescriptor.ofVoid(arguments), Linker.Option.critical(true));
    }

    /// Calls it; places are counted in floats. Once this is compiled, it allocates nothing.
    static void call(
            MemorySegment function,
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
        try {
            CRITICAL.invokeExact(
                    function,
                    MemorySegment.ofArray(a),
                    MemorySegment.ofArray(b),
                    MemorySegment.ofArray(c),
                    MemorySegment.ofArray(d),
                    MemorySegment.ofArray(e),
                    MemorySegment.ofArray(f),
                    MemorySegment.ofArray(g),
                    MemorySegment.ofArray(h),
                    bytes(aAt),
                    bytes(bAt),
                    bytes(cAt),
                    bytes(dAt),
                    bytes(eAt),
                    bytes(fAt),
                    bytes(gAt),
                    bytes(hAt),
                    i,
                    j,
                    k,
                    l,
                    m,
                    n);
        } catch (RuntimeException | Error thrown) {
            throw thrown;
        } catch (Throwable thrown) {
            throw new AssertionError(thrown);
        }
    }

    private static long bytes(int floats) {
        return (long) Float.BYTES * floats;
    }
}
