package org.mobilenet4j.kernel;

/// A kernel of plain loops or vectors, which works on arrays.
public interface ArrayKernel extends Kernel {
    /// Does units `from` (inclusive) to `to` (exclusive).
    void run(float[] memory, int from, int to);

    /// As [Kernel#warmUp].
    default boolean warmUp(float[] memory, Warmth warmth) {
        return true;
    }

    /// Does everything.
    default void run(float[] memory) {
        run(memory, 0, units());
    }

    @Override
    default void run(Memory memory, int from, int to) {
        run(memory.array(), from, to);
    }

    @Override
    default boolean warmUp(Memory memory, Warmth warmth) {
        return warmUp(memory.array(), warmth);
    }
}
