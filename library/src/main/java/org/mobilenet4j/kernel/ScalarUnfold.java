package org.mobilenet4j.kernel;

/// The copy, run by run.
final class ScalarUnfold implements UnfoldKernel {
    private final int[] runs;
    private final int length;

    ScalarUnfold(int[] runs, int length) {
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
