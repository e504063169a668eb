package org.mobilenet4j.kernel.vector;

import jdk.incubator.vector.FloatVector;
import org.mobilenet4j.kernel.Im2colKernel;

/// Copies whole vectors; the excess is overwritten by the next run.
final class VectorIm2col implements Im2colKernel {
    private final int[] runs;
    private final int length;

    VectorIm2col(int[] runs, int length) {
        this.runs = runs;
        this.length = length;
    }

    @Override
    public void unfold(float[] map, int window, float[] rows, int row) {
        int target = row;
        for (int run : runs) {
            for (int i = 0; i < length; i += Lanes.COUNT) {
                FloatVector.fromArray(Lanes.SPECIES, map, window + run + i).intoArray(rows, target + i);
            }
            target += length;
        }
    }
}
