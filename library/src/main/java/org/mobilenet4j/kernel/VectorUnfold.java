package org.mobilenet4j.kernel;

import jdk.incubator.vector.FloatVector;

/// The copy in whole vectors; what is copied too much, the next run overwrites.
final class VectorUnfold implements UnfoldKernel {
    private final int[] runs;
    private final int length;

    VectorUnfold(int[] runs, int length) {
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
