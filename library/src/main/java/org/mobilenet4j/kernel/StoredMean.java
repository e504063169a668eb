package org.mobilenet4j.kernel;

/// The mean of all pixels for each channel, of stored whole numbers, as TFLite's MEAN computes it: the sum is
/// scaled to the output's scale and divided by the number of pixels with one multiplier.
public final class StoredMean implements Kernel {
    private final Plane in;
    private final Plane out;
    private final Multiplier multiplier;
    private final Stored to;

    /// @param inScale what one step of the input stands for
    /// @param outScale what one step of the output stands for
    /// @param to how the output is stored
    public StoredMean(Plane in, Plane out, float inScale, float outScale, Stored to) {
        if (out.shape().pixels() != 1 || in.shape().channels() != out.shape().channels()) {
            throw new IllegalArgumentException("the mean of " + in.shape() + " is not " + out.shape());
        }
        this.in = in;
        this.out = out;
        this.multiplier = Multiplier.of((double) inScale / outScale / in.shape().pixels());
        this.to = to;
    }

    /// One unit is one channel.
    @Override
    public int units() {
        return out.shape().channels();
    }

    @Override
    public int grain() {
        return 16; // a cache line
    }

    @Override
    public void run(float[] memory, int from, int to) {
        for (int c = from; c < to; c++) {
            int sum = 0;
            for (int y = 0; y < in.shape().height(); y++) {
                for (int x = 0; x < in.shape().width(); x++) {
                    sum += (int) memory[in.at(y, x) + c];
                }
            }
            memory[out.at(0, 0) + c] = this.to.clamp(multiplier.apply(sum) + this.to.zeroPoint());
        }
    }
}
