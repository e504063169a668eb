package org.mobilenet4j.kernel;

/// Exact sums and their rescaling as one step: a band of rows is rescaled while it still lies in the cache.
///
/// @param sums a convolution of whole numbers that are kept in floats
/// @param rescale what makes stored numbers of its output
public record RescaledKernel(SumKernel sums, RescaleKernel rescale) implements Kernel {
    /// Floats of a band: most of a core's first cache. Weights are read anew for each.
    private static final int BAND = 1 << 13;

    /// Depthwise convolutions take rows in pairs.
    private static final int PAIR = 2;

    /// As the sums' units.
    @Override
    public int units() {
        return sums.units();
    }

    @Override
    public int grain() {
        return sums.grain();
    }

    @Override
    public void run(float[] memory, int from, int to) {
        if (!sums.unitsAreRows()) {
            sums.run(memory, from, to);
            rescale.runChannels(memory, sums.firstChannel(from), sums.firstChannel(to));
            return;
        }
        int pairs = Math.max(BAND / rescale.plane().rowStride() / PAIR, 1);
        int band = Math.max(sums.grain(), pairs * PAIR);
        for (int begin = from; begin < to; begin += band) {
            int end = Math.min(begin + band, to);
            sums.run(memory, begin, end);
            rescale.run(memory, begin, end);
        }
    }

    @Override
    public boolean warmUp(float[] memory, Warmth warmth) {
        return sums.warmUp(memory, warmth) && rescale.warmUp(memory, warmth);
    }
}
