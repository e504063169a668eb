package org.mobilenet4j.train.op;

import java.util.Arrays;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.kernel.layout.PixelStride;
import org.mobilenet4j.kernel.training.NormKernel;
import org.mobilenet4j.train.optimize.ParameterLayout;

/// The state of a batch normalization for one batch: mean and variance from the forward pass, and two sums over its
/// gradient from the backward pass (Ioffe and Szegedy, arXiv 1502.03167, section 3).
///
/// It stores no feature map: readers of its input apply `scale` and `shift` on the fly, and the input's gradient is
/// computed from the stored one with [#a], [#b] and [#c].
public final class BatchNormState {
    private final ParameterLayout.Place gamma;
    private final ParameterLayout.Place beta;
    private final ParameterLayout.Place movingMean;
    private final ParameterLayout.Place movingVariance;
    private final double epsilon;
    private final boolean usesBatch;
    private final int channels;

    final float[] scale;
    final float[] shift;
    /// The batch's mean.
    final float[] mean;
    /// The gradient of the input is `gradient * a + map * b + c`.
    final float[] a;

    final float[] b;
    final float[] c;

    /// Subtracted before squares are summed: near the mean, so that little precision is lost.
    private final float[] center;

    private final double[] deviation;
    private final ChannelSums[] sums;

    /// @param usesBatch whether the batch is normalized by its own statistics, or by the moving ones, which are
    ///     then frozen
    public BatchNormState(BatchNorm layer, ParameterLayout layout, boolean usesBatch, int shards) {
        this.gamma = layout.place(layer.name() + "/gamma");
        this.beta = layout.place(layer.name() + "/beta");
        this.movingMean = layout.place(layer.name() + "/moving_mean");
        this.movingVariance = layout.place(layer.name() + "/moving_variance");
        this.epsilon = layer.epsilon();
        this.usesBatch = usesBatch;
        this.channels = gamma.size();
        int stride = PixelStride.of(channels);
        this.scale = new float[stride];
        this.shift = new float[stride];
        this.mean = new float[stride];
        this.a = new float[stride];
        this.b = new float[stride];
        this.c = new float[stride];
        this.center = new float[stride];
        this.deviation = new double[channels];
        this.sums = new ChannelSums[shards];
        Arrays.setAll(sums, i -> new ChannelSums(stride));
    }

    public boolean isTrained() {
        return usesBatch;
    }

    /// Called before each batch.
    public void start(float[] moving) {
        System.arraycopy(moving, movingMean.offset(), center, 0, channels);
    }

    /// Updates the statistics with pixels that were just written.
    void wrote(NormKernel kernel, float[] values, int at, int stride, int pixels, int shard) {
        if (usesBatch) {
            var own = sums[shard];
            kernel.statistics(values, at, stride, center, own.first, own.second, pixels, stride);
            own.flush();
        }
    }

    /// Sums of the gradient and of its products; one shard of the batch adds to them and then flushes them.
    ChannelSums gradientSums(int shard) {
        return sums[shard];
    }

    /// Called when all `n` pixels of the input are written. Moving statistics are updated as in TensorFlow and
    /// PyTorch, with the unbiased variance.
    public void finishForward(long n, float[] values, float[] moving, double decay) {
        for (int i = 0; i < channels; i++) {
            double m = moving[movingMean.offset() + i];
            double v = moving[movingVariance.offset() + i];
            if (usesBatch) {
                double first = total(i, true) / n;
                m = center[i] + first;
                v = Math.max(0, total(i, false) / n - first * first);
                double unbiased = n > 1 ? v * n / (n - 1) : v;
                int at = movingMean.offset() + i;
                moving[at] = (float) (moving[at] * decay + m * (1 - decay));
                at = movingVariance.offset() + i;
                moving[at] = (float) (moving[at] * decay + unbiased * (1 - decay));
            }
            deviation[i] = Math.sqrt(v + epsilon);
            mean[i] = (float) m;
            double factor = values[gamma.offset() + i] / deviation[i];
            scale[i] = (float) factor;
            shift[i] = (float) (values[beta.offset() + i] - m * factor);
        }
        clear();
    }

    /// Called when the gradient of the normalization's output is complete.
    public void finishBackward(long n, float[] values, float[] gradients) {
        for (int i = 0; i < channels; i++) {
            double sum = total(i, true);
            double product = total(i, false) / deviation[i];
            gradients[beta.offset() + i] = (float) sum;
            gradients[gamma.offset() + i] = (float) product;
            double factor = values[gamma.offset() + i] / deviation[i];
            a[i] = (float) factor;
            if (usesBatch) {
                double slope = factor * product / n / deviation[i];
                b[i] = (float) -slope;
                c[i] = (float) (slope * mean[i] - factor * sum / n);
            }
        }
        clear();
    }

    private double total(int channel, boolean isFirst) {
        double total = 0;
        for (var own : sums) {
            total += isFirst ? own.firstTotal(channel) : own.secondTotal(channel);
        }
        return total;
    }

    private void clear() {
        for (var own : sums) {
            own.clear();
        }
    }
}
