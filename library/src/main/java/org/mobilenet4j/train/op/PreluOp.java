package org.mobilenet4j.train.op;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.train.optimize.ParameterLayout;

/// A PReLU: `dIn = dOut * (in < 0 ? alpha : 1)`, and the gradient of `alpha` is the sum of `dOut * in` where `in < 0`.
/// Works on the pixels of one image after the other.
public final class PreluOp extends TrainingOp {
    private final ParameterLayout.Place place;
    private final @Nullable WeightSums sums;
    private final int pixels;
    private final int channels;
    private final int stride;
    private final float[] slopes;

    public PreluOp(View input, FeatureMap output, LayerWeights weights) {
        super(output, input);
        this.place = weights.kernel();
        this.channels = output.shape.channels();
        this.pixels = output.shape.pixels();
        this.stride = output.stride;
        this.sums = weights.sums(channels);
        this.slopes = new float[channels];
    }

    @Override
    public int scratch() {
        return 2 * pixels * stride;
    }

    @Override
    public boolean isTrained() {
        return sums != null;
    }

    @Override
    public void prepare(float[] values) {
        System.arraycopy(values, place.offset(), slopes, 0, channels);
    }

    @Override
    public void forward(int from, int to, int shard, float[] scratch) {
        var values = output().values();
        for (int image = from; image < to; image++) {
            int pixel = image * pixels;
            input().read(pixel, pixels, scratch, START, stride);
            for (int p = 0; p < pixels; p++) {
                int source = START + p * stride;
                int target = output().at(pixel + p);
                for (int c = 0; c < channels; c++) {
                    float value = scratch[source + c];
                    values[target + c] = value < 0 ? value * slopes[c] : value;
                }
            }
            output().wrote(pixel, pixels, shard);
        }
    }

    @Override
    public void backward(int from, int to, int shard, float[] scratch) {
        var alphas = sums == null ? new float[channels] : sums.kernel(shard);
        if (sums != null) {
            sums.clear(shard);
        }
        int gradientAt = START + pixels * stride;
        for (int image = from; image < to; image++) {
            int pixel = image * pixels;
            input().read(pixel, pixels, scratch, START, stride);
            Arrays.fill(scratch, gradientAt, gradientAt + pixels * stride, 0f);
            output().readGradient(pixel, pixels, scratch, gradientAt, stride);
            for (int p = 0; p < pixels; p++) {
                int source = START + p * stride;
                int at = gradientAt + p * stride;
                for (int c = 0; c < channels; c++) {
                    if (scratch[source + c] < 0) {
                        alphas[c] += scratch[at + c] * scratch[source + c];
                        scratch[at + c] *= slopes[c];
                    }
                }
            }
            if (input().map().wantsGradient()) {
                input().accumulateGradient(scratch, gradientAt, stride, pixel, pixels, adds(0), shard);
            }
        }
    }

    @Override
    public void collect(float[] gradients) {
        if (sums != null) {
            sums.collect(gradients);
        }
    }
}
