package org.mobilenet4j.train.op;

import java.util.Arrays;
import org.mobilenet4j.arch.Parallel.Join;
import org.mobilenet4j.kernel.layout.Tuning;

/// Concatenates or adds branches; with a single branch, a copy that materializes a view.
public final class JoinOp extends TrainingOp {
    /// Floats of a band.
    private static final int BAND = Tuning.SECOND_CACHE / 4;

    private final Join join;
    private final int band;
    private final int widest;

    public JoinOp(Join join, FeatureMap output, View... inputs) {
        super(output, inputs);
        this.join = join;
        int most = output.stride;
        for (var input : inputs) {
            most = Math.max(most, input.map().stride);
        }
        this.widest = most;
        this.band = Math.max(1, BAND / widest);
    }

    @Override
    public int scratch() {
        return 2 * band * widest;
    }

    @Override
    public void forward(int from, int to, int shard, float[] scratch) {
        int pixels = output().shape.pixels();
        for (int first = from * pixels, end = to * pixels; first < end; first += band) {
            int count = Math.min(band, end - first);
            int at = output().at(first);
            Arrays.fill(output().values(), at, at + count * output().stride, 0f);
            for (int i = 0, channel = 0; i < inputCount(); i++) {
                var map = input(i).map();
                input(i).read(first, count, scratch, 0, map.stride);
                add(scratch, map.stride, output().values(), at + channel, output().stride, count, map.shape.channels());
                channel += join == Join.CONCATENATE ? map.shape.channels() : 0;
            }
            output().wrote(first, count, shard);
        }
    }

    @Override
    public void backward(int from, int to, int shard, float[] scratch) {
        int pixels = output().shape.pixels();
        int stride = output().stride;
        int shareAt = band * widest;
        for (int first = from * pixels, end = to * pixels; first < end; first += band) {
            int count = Math.min(band, end - first);
            output().readGradient(first, count, scratch, 0, stride);
            for (int i = 0, channel = 0; i < inputCount(); i++) {
                var map = input(i).map();
                if (map.wantsGradient()) {
                    Arrays.fill(scratch, shareAt, shareAt + count * map.stride, 0f);
                    for (int p = 0; p < count; p++) {
                        System.arraycopy(
                                scratch, p * stride + channel, scratch, shareAt + p * map.stride, map.shape.channels());
                    }
                    input(i).accumulateGradient(scratch, shareAt, map.stride, first, count, adds(i), shard);
                }
                channel += join == Join.CONCATENATE ? map.shape.channels() : 0;
            }
        }
    }

    private static void add(float[] from, int stride, float[] to, int at, int targetStride, int pixels, int channels) {
        for (int p = 0; p < pixels; p++) {
            int source = p * stride;
            int target = at + p * targetStride;
            for (int c = 0; c < channels; c++) {
                to[target + c] += from[source + c];
            }
        }
    }
}
