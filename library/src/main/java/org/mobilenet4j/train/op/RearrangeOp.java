package org.mobilenet4j.train.op;

import java.util.Arrays;

/// Layers that only move values: shuffle, flatten, zero padding, repetition.
public final class RearrangeOp extends ImageOp {
    /// Marks an output that is zero.
    public static final int NONE = -1;

    /// For each output value the index of its input value.
    private final int[] sources;

    public RearrangeOp(View input, FeatureMap output, int[] sources) {
        super(input, output);
        this.sources = sources;
    }

    /// Repeats every input value `times` times, side by side.
    public static int[] repeat(int inputs, int times) {
        var sources = new int[Math.multiplyExact(inputs, times)];
        Arrays.setAll(sources, i -> i / times);
        return sources;
    }

    @Override
    void forward(float[] memory, int inAt, int outAt, int image) {
        for (int i = 0; i < sources.length; i++) {
            memory[outAt + i] = sources[i] == NONE ? 0f : memory[inAt + sources[i]];
        }
    }

    @Override
    void backward(float[] memory, int inAt, int outGradientAt, int inGradientAt, int image) {
        for (int i = 0; i < sources.length; i++) {
            if (sources[i] != NONE) {
                memory[inGradientAt + sources[i]] += memory[outGradientAt + i];
            }
        }
    }
}
