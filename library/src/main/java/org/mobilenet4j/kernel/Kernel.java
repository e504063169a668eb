package org.mobilenet4j.kernel;

/// One step of a network, bound to the places in memory that it reads and writes.
///
/// A kernel's work comes in units that may run in any order and by any thread, each writing its own outputs; the result
/// is the same bit for bit however they are shared out. A kernel checks its arguments when it is made and trusts them
/// when it runs. It never writes outside its output plane; it may read up to [#SLACK] floats past a plane.
public interface Kernel {
    /// Floats past the last plane that must exist, because whole vectors are read.
    int SLACK = 64;

    /// Floats to leave free at the start of an array, so that the rest starts on a cache line, which vectors
    /// then do not cross. Values start 16 bytes behind an array's address, and arrays lie on cache lines where
    /// they are large (with G1) or the JVM is told so (`-XX:ObjectAlignmentInBytes=64`).
    int LEAD = 12;

    /// The number of units.
    int units();

    /// How many units one should be given at a time, at least: with fewer, what all of them read is read too often.
    default int grain() {
        return 1;
    }

    /// Does units `from` (inclusive) to `to` (exclusive).
    void run(Memory memory, int from, int to);

    /// Has the JIT compile what this kernel needs, by running small pieces of it; writes anywhere in `memory`.
    ///
    /// @return whether the kernel is fast now; kernels of plain loops always are
    default boolean warmUp(Memory memory, Warmth warmth) {
        return true;
    }

    /// Does everything.
    default void run(Memory memory) {
        run(memory, 0, units());
    }
}
