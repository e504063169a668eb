package org.mobilenet4j.kernel;

/// One step of a network, bound to the places in memory that it reads and writes.
///
/// A kernel's work is divided into units that may run in any order and on any thread, each writing its own outputs;
/// the result is the same, bit for bit, however they are distributed. A kernel checks its arguments when it is
/// created and trusts them when it runs. It never writes outside its output plane; it may read up to [#SLACK]
/// floats past a plane.
public interface Kernel {
    /// Floats that must exist after the last plane, because whole vectors are read.
    int SLACK = 64;

    /// Floats to leave unused at the start of an array, so that the rest starts on a cache line, which vectors then
    /// do not cross. Values start 16 bytes after an array's address, and arrays lie on cache lines if they are
    /// large (with G1) or the JVM is told so (`-XX:ObjectAlignmentInBytes=64`).
    int LEAD = 12;

    /// The number of units.
    int units();

    /// The minimum number of units to run at a time: with fewer, the data that all of them read is read too often.
    default int grain() {
        return 1;
    }

    /// Runs units `from` (inclusive) to `to` (exclusive).
    void run(Memory memory, int from, int to);

    /// Has the JIT compile what this kernel needs, by running small pieces of it; writes anywhere in `memory`.
    ///
    /// @return whether the kernel is fast now; always true for plain loops
    default boolean warmUp(Memory memory, Warmth warmth) {
        return true;
    }

    /// Runs all units.
    default void run(Memory memory) {
        run(memory, 0, units());
    }
}
