package org.mobilenet4j.train.op;

import org.mobilenet4j.arch.Dropout;

/// Zeroes values with a given probability and scales the others up. Which ones depends on the seed, the batch
/// number and the image, so that the backward pass, another thread and a resumed run zero the same ones.
public final class DropoutOp extends ImageOp {
    private static final double UNIT = 0x1p-53;
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final double rate;
    private final long seed;
    private long batch;

    public DropoutOp(View input, FeatureMap output, Dropout layer, long seed) {
        super(input, output);
        this.rate = layer.rate();
        this.seed = seed ^ layer.name().hashCode();
    }

    @Override
    public void begin(long newBatch) {
        batch = newBatch;
    }

    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    private float factor(long start, int index) {
        double chance = (mix(start + index * GOLDEN) >>> 11) * UNIT;
        return chance < rate ? 0f : (float) (1 / (1 - rate));
    }

    private long start(int image) {
        return mix(mix(seed + batch * GOLDEN) + image * GOLDEN);
    }

    @Override
    void forward(float[] memory, int inAt, int outAt, int image) {
        long start = start(image);
        for (int i = 0; i < in.elements(); i++) {
            memory[outAt + i] = memory[inAt + i] * factor(start, i);
        }
    }

    @Override
    void backward(float[] memory, int inAt, int outGradientAt, int inGradientAt, int image) {
        long start = start(image);
        for (int i = 0; i < in.elements(); i++) {
            memory[inGradientAt + i] = memory[outGradientAt + i] * factor(start, i);
        }
    }
}
