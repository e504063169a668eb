package org.mobilenet4j.kernel.machine;

/// A depthwise convolution and the pointwise one behind it, a band of rows at a time. The rows between the two lie in
/// the place of the first of those that are computed together, band after band, and so stay in the cache.
final class JoinedKernel extends MachineKernel {
    private final RecipeKernel depthwise;
    private final RecipeKernel pointwise;
    private final long row;
    private final int band;

    /// @param row  bytes from one row between the two to the next
    /// @param band rows that are computed together
    JoinedKernel(RecipeKernel depthwise, RecipeKernel pointwise, long row, int band) {
        this.depthwise = depthwise;
        this.pointwise = pointwise;
        this.row = row;
        this.band = band;
    }

    @Override
    public int units() {
        return pointwise.units();
    }

    @Override
    public int grain() {
        return pointwise.grain();
    }

    @Override
    void run(long memory, int from, int to) {
        for (int at = from; at < to; at += band) {
            int end = Math.min(at + band, to);
            long between = memory - (at - from) * row;
            depthwise.rows(memory, between, at, end);
            pointwise.rows(between, memory, at, end);
        }
    }
}
