package org.mobilenet4j.machine;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;

/// Calls routines that work on arrays on memory off the heap instead, which may have guards around it.
public final class AddressCall {
    private static final int ARRAYS = 8;
    private static final int ARGUMENTS = 2 * ARRAYS + 6;
    private static final MethodHandle CALL = link();

    private AddressCall() {}

    @SuppressWarnings("restricted")
    private static MethodHandle link() {
        var arguments = new MemoryLayout[ARGUMENTS];
        Arrays.fill(arguments, JAVA_LONG);
        return Linker.nativeLinker()
                .downcallHandle(FunctionDescriptor.ofVoid(arguments))
                .asSpreader(1, long[].class, ARGUMENTS);
    }

    /// Calls it with these arrays, from their beginnings on, and numbers.
    public static void call(NativeRoutine routine, MemorySegment[] arrays, long... numbers) {
        var arguments = new long[ARGUMENTS];
        for (int i = 0; i < arrays.length; i++) {
            arguments[i] = arrays[i].address();
        }
        System.arraycopy(numbers, 0, arguments, 2 * ARRAYS, numbers.length);
        try {
            CALL.invokeExact(MemorySegment.ofAddress(routine.address()), arguments);
        } catch (Throwable thrown) {
            throw new AssertionError(thrown);
        }
    }
}
