package org.mobilenet4j.kernel;

/// Independent mult-adds, `sum[i] = sum[i] / 2 + 1/2` over and over: the peak speed of one thread, against which
/// the other kernels are measured. Kernels for bfloat16 and for integers in bytes add ones to sums
/// of 32 bits instead.
public interface PeakKernel extends ArrayKernel {
    /// Memory that it works on, in floats.
    int MEMORY = 1024;

    /// Some microseconds of work.
    int ROUNDS = 2_000;

    /// Mult-adds of one unit, a pass over all sums, of which each takes part in one or more.
    int multAddsPerUnit();

    @Override
    default int units() {
        return ROUNDS;
    }
}
