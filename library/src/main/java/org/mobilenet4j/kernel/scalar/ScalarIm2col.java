package org.mobilenet4j.kernel.scalar;

import org.mobilenet4j.kernel.training.Im2colKernel;

/// Copies run by run.
final class ScalarIm2col implements Im2colKernel {
    private final int[] runs;
    private final int length;
    private final int rowStride;

    ScalarIm2col(int[] runs, int length, int rowStride) {
        this.runs = runs;
        this.length = length;
        this.rowStride = rowStride;
    }

    @Override
    public void unfold(float[] map, int window, int step, int count, float[] rows, int row) {
        for (int i = 0; i < count; i++) {
            unfold(map, window + i * step, rows, row + i * rowStride);
        }
    }

    private void unfold(float[] map, int window, float[] rows, int row) {
        int target = row;
        for (int run : runs) {
            System.arraycopy(map, window + run, rows, target, length);
            target += length;
        }
    }
}
