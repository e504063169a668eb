package org.mobilenet4j.kernel;

/// Mult-adds that wait for nothing, `sum[i] = sum[i] / 2 + 1/2` over and over: the most that one thread can do, against
/// which the other kernels are held.
public interface PeakKernel extends ArrayKernel {
    /// Floats of memory that it works on.
    int MEMORY = 1024;

    /// Some microseconds of work.
    int ROUNDS = 2_000;

    /// Mult-adds of one unit, a round over all sums.
    int multAddsPerUnit();

    @Override
    default int units() {
        return ROUNDS;
    }
}
