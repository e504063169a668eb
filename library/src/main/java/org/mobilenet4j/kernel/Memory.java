package org.mobilenet4j.kernel;

/// The floats that a network's kernels work on, feature maps in places of their own: an array, or memory off the heap.
///
/// Places are counted in floats. Kernels of plain loops and vectors take the array, machine code takes the address;
/// [Kernels#memory] makes what a provider's kernels take.
public sealed interface Memory permits ArrayMemory, NativeMemory {
    /// In an array, of which nothing is copied.
    static Memory of(float[] array) {
        return new ArrayMemory(array);
    }

    /// The array.
    ///
    /// @throws IllegalStateException if it is off the heap
    float[] array();

    /// Where float 0 lies, as long as somebody holds this object.
    ///
    /// @throws IllegalStateException if it is an array
    long address();

    /// Whether it is off the heap.
    boolean isNative();

    /// Copies `count` floats from `source` to place `at`.
    void put(float[] source, int from, int at, int count);

    /// Copies `count` floats from place `at` to `target`.
    void get(int at, float[] target, int to, int count);
}
