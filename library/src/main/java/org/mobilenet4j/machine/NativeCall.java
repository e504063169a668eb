package org.mobilenet4j.machine;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// The one bridge to native code: six integers of 64 bits, and one back. A function that takes fewer, or narrower
/// ones, ignores the rest of the registers, so that all go over the same bridge: building one takes a tenth of a
/// second in a new process. That happens when this class is initialized.
final class NativeCall {
    private static final MethodHandle SIX = link();

    private NativeCall() {}

    @SuppressWarnings("restricted")
    private static MethodHandle link() {
        return Linker.nativeLinker()
                .downcallHandle(FunctionDescriptor.of(
                        JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG));
    }

    /// Calls it. The memory that the function lies in cannot be freed meanwhile.
    static long call(MemorySegment function, long a, long b, long c, long d, long e, long f) {
        try {
            return (long) SIX.invokeExact(function, a, b, c, d, e, f);
        } catch (RuntimeException | Error thrown) {
            throw thrown;
        } catch (Throwable thrown) {
            throw new AssertionError(thrown);
        }
    }
}
