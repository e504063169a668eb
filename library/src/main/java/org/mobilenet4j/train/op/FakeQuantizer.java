package org.mobilenet4j.train.op;

import java.util.Arrays;
import org.mobilenet4j.kernel.layout.Clamp;
import org.mobilenet4j.kernel.training.FakeQuantizeKernel;
import org.mobilenet4j.model.ActivationQuantization;

/// Fake quantization of one feature map, with a range that is fixed or follows its values.
///
/// The range lies in the trainer's state: the minimum, followed by the maximum.
public final class FakeQuantizer {
    private final FakeQuantizeKernel kernel;
    private final ActivationQuantization first;
    private final double decay;
    private final float[] state;
    private final int at;
    /// Of the batch, one per shard.
    private final float[] least;

    private final float[] greatest;
    private Clamp clamp = Clamp.NONE;
    private boolean isObserved;
    private float scale;
    private int zeroPoint;

    /// @param decay decay of the range's moving average; 1 for a fixed range
    /// @param state holds the range from `at` on; initialized here
    public FakeQuantizer(
            FakeQuantizeKernel kernel, ActivationQuantization first, double decay, float[] state, int at, int shards) {
        this.kernel = kernel;
        this.first = first;
        this.decay = decay;
        this.state = state;
        this.at = at;
        this.least = new float[shards];
        this.greatest = new float[shards];
        this.scale = first.scale();
        this.zeroPoint = first.zeroPoint();
        state[at] = first.low() * scale;
        state[at + 1] = first.high() * scale;
    }

    /// Copies `count` pixels of `map` from `source` on, quantized and dequantized, after an activation.
    void quantize(FeatureMap map, int source, Clamp bounds, float[] out, int outAt, int outStride, int count) {
        int stride = map.stride;
        kernel.quantize(
                map.values(), source, stride, scale, low(bounds), high(bounds), out, outAt, outStride, count, stride);
    }

    /// Propagates the gradient of `count` pixels to `map` where their values lie inside the range.
    void accumulateGradient(
            float[] incoming,
            int incomingAt,
            int incomingStride,
            FeatureMap map,
            int pixel,
            Clamp bounds,
            boolean adds,
            int count) {
        int stride = map.stride;
        kernel.pass(
                incoming,
                incomingAt,
                incomingStride,
                map.values(),
                low(bounds) * scale,
                high(bounds) * scale,
                map.gradient(),
                map.at(pixel),
                stride,
                adds,
                count,
                stride);
    }

    /// Lets the range follow the values of `map`, read through `newClamp`.
    void follow(FeatureMap map, Clamp newClamp) {
        if (decay < 1 && !isObserved) {
            isObserved = true;
            clamp = newClamp;
            map.follow(this);
        }
    }

    /// Called before each batch: reads the range from the state.
    public void start() {
        Arrays.fill(least, 0f);
        Arrays.fill(greatest, 0f);
        if (isObserved) {
            choose();
        }
    }

    /// Updates the range with values that were just written.
    void wrote(float[] values, int from, int count, int shard) {
        float low = least[shard];
        float high = greatest[shard];
        for (int i = from; i < from + count; i++) {
            low = Math.min(low, values[i]);
            high = Math.max(high, values[i]);
        }
        least[shard] = low;
        greatest[shard] = high;
    }

    /// Called when the feature map is complete.
    public void finish() {
        float low = 0;
        float high = 0;
        for (int shard = 0; shard < least.length; shard++) {
            low = Math.min(low, clamp.apply(least[shard]));
            high = Math.max(high, clamp.apply(greatest[shard]));
        }
        state[at] = (float) (decay * state[at] + (1 - decay) * low);
        state[at + 1] = (float) (decay * state[at + 1] + (1 - decay) * high);
        choose();
    }

    /// A range that holds only zero is not informative: the scale is kept.
    private void choose() {
        int numbers = first.type().greatest() - first.type().least();
        float step = (state[at + 1] - state[at]) / numbers;
        if (step > 0) {
            scale = step;
            zeroPoint = Math.clamp(
                    first.type().least() + Math.round(-state[at] / step),
                    first.type().least(),
                    first.type().greatest());
        }
    }

    /// The least quantized value within `bounds`, less the zero point.
    private int low(Clamp bounds) {
        return bounds == Clamp.NONE ? first.type().least() - zeroPoint : 0;
    }

    /// The greatest quantized value within `bounds`, less the zero point.
    private int high(Clamp bounds) {
        int most = first.type().greatest() - zeroPoint;
        return bounds == Clamp.RELU6 ? Math.min(most, Math.round(Clamp.RELU6.apply(Float.MAX_VALUE) / scale)) : most;
    }

    /// The resulting quantization, as stored in a model.
    public ActivationQuantization stored() {
        return new ActivationQuantization(first.type(), scale, zeroPoint);
    }
}
