package org.mobilenet4j.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Floats off the heap, freed when nobody holds this object any more.
public final class NativeMemory implements Memory {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

    private final MemorySegment segment;

    /// Over `segment`, whose arena frees it once nothing refers to it.
    public NativeMemory(MemorySegment segment) {
        this.segment = segment;
    }

    @Override
    public float[] array() {
        throw new IllegalStateException("the memory is off the heap");
    }

    @Override
    public long address() {
        return segment.address();
    }

    @Override
    public boolean isNative() {
        return true;
    }

    @Override
    public void put(float[] source, int from, int at, int count) {
        MemorySegment.copy(source, from, segment, FLOAT, (long) Float.BYTES * at, count);
    }

    @Override
    public void get(int at, float[] target, int to, int count) {
        MemorySegment.copy(segment, FLOAT, (long) Float.BYTES * at, target, to, count);
    }
}
