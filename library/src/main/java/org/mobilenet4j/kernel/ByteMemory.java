package org.mobilenet4j.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Quantized values off the heap, a byte a place, freed when nobody holds this object any more: UINT8 as it is, INT8
/// with 128 added, so that zero points lie from 0 to 255 in both.
///
/// Behind the places are some floats for what a caller's array is copied to on its way in or out.
public final class ByteMemory implements Memory {
    private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;

    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;

    private static final int BITS = 0xFF;

    private final MemorySegment places;
    private final MemorySegment staging;

    /// @param places a byte each; their arena frees them once nothing refers to it
    /// @param staging room for floats, in the same memory or another
    public ByteMemory(MemorySegment places, MemorySegment staging) {
        this.places = places;
        this.staging = staging;
    }

    @Override
    public float[] array() {
        throw new IllegalStateException("the memory is off the heap");
    }

    @Override
    public long address() {
        return places.address();
    }

    @Override
    public boolean isNative() {
        return true;
    }

    /// Where floats are staged, as long as somebody holds this object.
    public long staging() {
        return staging.address();
    }

    /// How many floats there is room for.
    public int stagingFloats() {
        return (int) (staging.byteSize() / Float.BYTES);
    }

    /// Copies `count` floats from `source` to the beginning of the staging room.
    public void stage(float[] source, int from, int count) {
        MemorySegment.copy(source, from, staging, FLOAT, 0, count);
    }

    /// Copies `count` floats from the beginning of the staging room to `target`.
    public void unstage(float[] target, int to, int count) {
        MemorySegment.copy(staging, FLOAT, 0, target, to, count);
    }

    @Override
    public void put(float[] source, int from, int at, int count) {
        put(source, from, at, count, 0);
    }

    @Override
    public void get(int at, float[] target, int to, int count) {
        get(at, target, to, count, 0);
    }

    @Override
    public void put(float[] source, int from, int at, int count, int zeroPoint) {
        for (int i = 0; i < count; i++) {
            places.set(BYTE, (long) at + i, (byte) ((int) source[from + i] + zeroPoint));
        }
    }

    @Override
    public void get(int at, float[] target, int to, int count, int zeroPoint) {
        for (int i = 0; i < count; i++) {
            target[to + i] = (places.get(BYTE, (long) at + i) & BITS) - zeroPoint;
        }
    }
}
