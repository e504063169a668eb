package org.mobilenet4j.train.op;

import org.mobilenet4j.kernel.layout.Tuning;

/// Multiplies branches elementwise. The gradient of each is the output's times all other branches.
public final class MultiplyOp extends TrainingOp {
    /// Floats of a band.
    private static final int BAND = Tuning.SECOND_CACHE / 4;

    private final int band;

    public MultiplyOp(FeatureMap output, View... inputs) {
        super(output, inputs);
        this.band = Math.max(1, BAND / output.stride);
    }

    @Override
    public int scratch() {
        return 2 * band * output().stride;
    }

    @Override
    public void forward(int from, int to, int shard, float[] scratch) {
        int stride = output().stride;
        int pixels = output().shape.pixels();
        for (int first = from * pixels, end = to * pixels; first < end; first += band) {
            int count = Math.min(band, end - first);
            input(0).read(first, count, output().values(), output().at(first), stride);
            for (int i = 1; i < inputCount(); i++) {
                input(i).read(first, count, scratch, 0, stride);
                multiply(scratch, 0, output().values(), output().at(first), count * stride);
            }
            output().wrote(first, count, shard);
        }
    }

    @Override
    public void backward(int from, int to, int shard, float[] scratch) {
        int stride = output().stride;
        int pixels = output().shape.pixels();
        int otherAt = band * stride;
        for (int first = from * pixels, end = to * pixels; first < end; first += band) {
            int count = Math.min(band, end - first);
            for (int i = 0; i < inputCount(); i++) {
                if (!input(i).map().wantsGradient()) {
                    continue;
                }
                output().readGradient(first, count, scratch, 0, stride);
                for (int k = 0; k < inputCount(); k++) {
                    if (k != i) {
                        input(k).read(first, count, scratch, otherAt, stride);
                        multiply(scratch, otherAt, scratch, 0, count * stride);
                    }
                }
                input(i).accumulateGradient(scratch, 0, stride, first, count, adds(i), shard);
            }
        }
    }

    private static void multiply(float[] from, int at, float[] to, int target, int count) {
        for (int i = 0; i < count; i++) {
            to[target + i] *= from[at + i];
        }
    }
}
