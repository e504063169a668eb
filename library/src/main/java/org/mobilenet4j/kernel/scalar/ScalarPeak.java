package org.mobilenet4j.kernel.scalar;

import org.mobilenet4j.kernel.PeakKernel;

/// Peak speed of plain loops: the sums lie in the L1 cache, as the JIT does not keep array elements in registers.
final class ScalarPeak implements PeakKernel {
    @Override
    public int multAddsPerUnit() {
        return MEMORY;
    }

    @Override
    public void run(float[] memory, int from, int to) {
        for (int round = from; round < to; round++) {
            round(memory);
        }
    }

    private static void round(float[] sums) {
        for (int i = 0; i < MEMORY; i++) {
            sums[i] = Math.fma(sums[i], 0.5f, 0.5f);
        }
    }
}
