package org.mobilenet4j.kernel.quantized;

import org.mobilenet4j.kernel.Kernel;
import org.mobilenet4j.kernel.Memory;
import org.mobilenet4j.kernel.RescaleKernel;
import org.mobilenet4j.kernel.SumKernel;
import org.mobilenet4j.kernel.Warmth;
import org.mobilenet4j.kernel.layout.Tuning;

/// Exact sums and their rescaling in one step: a band of rows is rescaled while it is still in the cache.
///
/// @param sums a convolution of integers held in floats
/// @param rescale requantizes its output
public record RescaledKernel(SumKernel sums, RescaleKernel rescale) implements Kernel {
    /// Depthwise convolutions process rows in pairs.
    private static final int PAIR = 2;

    /// The units of the sums.
    @Override
    public int units() {
        return sums.units();
    }

    @Override
    public int grain() {
        return sums.grain();
    }

    @Override
    public void run(Memory memory, int from, int to) {
        if (!sums.unitsAreRows()) {
            sums.run(memory, from, to);
            rescale.runChannels(memory.array(), sums.firstChannel(from), sums.firstChannel(to));
            return;
        }
        int pairs = Math.max(Tuning.FIRST_CACHE / rescale.plane().rowStride() / PAIR, 1);
        int band = Math.max(sums.grain(), pairs * PAIR);
        for (int begin = from; begin < to; begin += band) {
            int end = Math.min(begin + band, to);
            sums.run(memory, begin, end);
            rescale.run(memory, begin, end);
        }
    }

    @Override
    public boolean warmUp(Memory memory, Warmth warmth) {
        return sums.warmUp(memory, warmth) && rescale.warmUp(memory, warmth);
    }
}
