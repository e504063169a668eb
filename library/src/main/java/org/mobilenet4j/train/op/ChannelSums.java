package org.mobilenet4j.train.op;

import java.util.Arrays;

/// Two sums per channel, for one shard of the batch: in floats over a few pixels, in doubles over all.
final class ChannelSums {
    /// Kernels add to these; to be flushed after a few pixels.
    final float[] first;

    final float[] second;
    private final double[] firstTotal;
    private final double[] secondTotal;

    /// @param channels number of channels, including padding
    ChannelSums(int channels) {
        first = new float[channels];
        second = new float[channels];
        firstTotal = new double[channels];
        secondTotal = new double[channels];
    }

    void flush() {
        for (int i = 0; i < first.length; i++) {
            firstTotal[i] += first[i];
            secondTotal[i] += second[i];
            first[i] = 0;
            second[i] = 0;
        }
    }

    double firstTotal(int channel) {
        return firstTotal[channel];
    }

    double secondTotal(int channel) {
        return secondTotal[channel];
    }

    /// Starts a batch.
    void clear() {
        Arrays.fill(firstTotal, 0);
        Arrays.fill(secondTotal, 0);
    }
}
