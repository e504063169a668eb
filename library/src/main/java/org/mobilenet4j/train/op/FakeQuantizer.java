package org.mobilenet4j.train.op;

import java.util.Arrays;
import org.mobilenet4j.kernel.FakeQuantizeKernel;
import org.mobilenet4j.kernel.layout.Clamp;
import org.mobilenet4j.model.ActivationQuantization;

/// How one feature map would be stored as integers: fixed, or following what is met in it.
///
/// A range that follows lies in the trainer's state, the least and the greatest value one after the other.
public final class FakeQuantizer {
    private final FakeQuantizeKernel kernel;
    private final ActivationQuantization first;
    private final double decay;
    private final float[] state;
    private final int at;
    /// Of the batch, each share for itself.
    private final float[] least;

    private final float[] greatest;
    private Clamp clamp = Clamp.NONE;
    private boolean isObserved;
    private float scale;
    private int zeroPoint;

    /// @param decay 1 for a range that stays
    /// @param state where it lies from `at` on, and is put now
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

    /// Copies `count` pixels of `map` from `source` on as they would be stored, behind an activation.
    void quantize(FeatureMap map, int source, Clamp bounds, float[] out, int outAt, int outStride, int count) {
        int stride = map.stride;
        kernel.quantize(
                map.values(), source, stride, scale, low(bounds), high(bounds), out, outAt, outStride, count, stride);
    }

    /// Hands the gradient of `count` pixels back to `map`, where they lie inside the range.
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
                pixel * stride,
                stride,
                adds,
                count,
                stride);
    }

    /// Lets the range follow the values of `map` as they are read through `newClamp`.
    void follow(FeatureMap map, Clamp newClamp) {
        if (decay < 1 && !isObserved) {
            isObserved = true;
            clamp = newClamp;
            map.follow(this);
        }
    }

    /// Before the batch: takes up what lies in the state.
    public void start() {
        Arrays.fill(least, 0f);
        Arrays.fill(greatest, 0f);
        if (isObserved) {
            choose();
        }
    }

    /// Takes note of values that have just been written.
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

    /// The map is whole.
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

    /// A range that holds nothing but zero says nothing: the scale stays.
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

    /// The least stored number that `bounds` let through, less the zero point.
    private int low(Clamp bounds) {
        return bounds == Clamp.NONE ? first.type().least() - zeroPoint : 0;
    }

    /// The greatest stored number that `bounds` let through, less the zero point.
    private int high(Clamp bounds) {
        int most = first.type().greatest() - zeroPoint;
        return bounds == Clamp.RELU6 ? Math.min(most, Math.round(Clamp.RELU6.apply(Float.MAX_VALUE) / scale)) : most;
    }

    /// As a model keeps it.
    public ActivationQuantization stored() {
        return new ActivationQuantization(first.type(), scale, zeroPoint);
    }
}
