package org.mobilenet4j.kernel.scalar;

import org.mobilenet4j.kernel.Im2colKernel;

/// Copies run by run.
final class ScalarIm2col implements Im2colKernel {
    private final int[] runs;
    private final int length;

    ScalarIm2col(int[] runs, int length) {
        this.runs = runs;
        this.length = length;
    }

    @Override
    public void unfold(float[] map, int window, float[] rows, int row) {
        int target = row;
        for (int run : runs) {
            System.arraycopy(map, window + run, rows, target, length);
            target += length;
        }
    }
}
