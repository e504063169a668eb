package org.mobilenet4j.kernel;

/// One step of a network, bound to the places in memory that it reads and writes.
///
/// A kernel's work comes in units that may run in any order and by any thread, each writing its own outputs; the result
/// is the same bit for bit however they are shared out. A kernel checks its arguments when it is made and trusts them
/// when it runs. It never writes outside its output plane; it may read up to [#SLACK] floats past a plane.
public interface Kernel {
    /// Floats past the last plane that must exist, because whole vectors are read.
    int SLACK = 64;

    /// The number of units.
    int units();

    /// Does units `from` (inclusive) to `to` (exclusive).
    void run(float[] memory, int from, int to);

    /// Has the JIT compile what this kernel needs, by running small pieces of it; writes anywhere in `memory`.
    ///
    /// @return whether the kernel is fast now; kernels of plain loops always are
    default boolean warmUp(float[] memory, Warmth warmth) {
        return true;
    }

    /// Does everything.
    default void run(float[] memory) {
        run(memory, 0, units());
    }
}
