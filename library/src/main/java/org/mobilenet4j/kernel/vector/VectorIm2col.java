package org.mobilenet4j.kernel.vector;

import jdk.incubator.vector.FloatVector;
import org.mobilenet4j.kernel.training.Im2colKernel;

/// Copies whole vectors; the excess is overwritten by the next run.
final class VectorIm2col implements Im2colKernel {
    private final int[] runs;
    private final int length;
    private final int rowStride;

    VectorIm2col(int[] runs, int length, int rowStride) {
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
            for (int i = 0; i < length; i += Lanes.COUNT) {
                FloatVector.fromArray(Lanes.SPECIES, map, window + run + i).intoArray(rows, target + i);
            }
            target += length;
        }
    }
}
