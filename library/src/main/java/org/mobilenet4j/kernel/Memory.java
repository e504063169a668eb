package org.mobilenet4j.kernel;

/// What a network's kernels work on, feature maps in places of their own: an array, or memory off the heap.
///
/// A place holds a float, which in a quantized network is an integer less its zero point; in a [ByteMemory], a byte.
/// Kernels of plain loops and vectors take the array, machine code takes the address;
/// [KernelProvider#memory] makes what a provider's kernels take.
public sealed interface Memory permits ArrayMemory, ByteMemory, NativeMemory {
    /// In an array, of which nothing is copied.
    static Memory of(float[] array) {
        return new ArrayMemory(array);
    }

    /// The array.
    ///
    /// @throws IllegalStateException if it is off the heap
    float[] array();

    /// Where place 0 lies, as long as somebody holds this object.
    ///
    /// @throws IllegalStateException if it is an array
    long address();

    /// Whether it is off the heap.
    boolean isNative();

    /// Copies `count` floats from `source` to place `at`.
    void put(float[] source, int from, int at, int count);

    /// Copies `count` floats from place `at` to `target`.
    void get(int at, float[] target, int to, int count);

    /// As [#put(float[], int, int, int)], of integers less their zero point, whole ones that fit a byte.
    ///
    /// @param zeroPoint the byte that stands for zero, where places are bytes
    default void put(float[] source, int from, int at, int count, int zeroPoint) {
        put(source, from, at, count);
    }

    /// As [#get(int, float[], int, int)], of integers less their zero point.
    ///
    /// @param zeroPoint the byte that stands for zero, where places are bytes
    default void get(int at, float[] target, int to, int count, int zeroPoint) {
        get(at, target, to, count);
    }
}
