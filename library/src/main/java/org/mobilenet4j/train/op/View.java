package org.mobilenet4j.train.op;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.kernel.layout.Clamp;

/// How a layer reads a feature map: as it is, or through a batch normalization and an activation; in
/// quantization-aware training, through fake quantization.
public final class View {
    private final FeatureMap map;
    private final boolean isNormalized;
    private final Clamp clamp;
    private final @Nullable FakeQuantizer range;
    /// Used if there is no normalization.
    private final float[] ones;

    private final float[] zeros;
    private final ChannelSums[] unusedSums;

    public View(FeatureMap map, boolean isNormalized, Clamp clamp, int shards) {
        this(map, isNormalized, clamp, null, shards);
    }

    private View(FeatureMap map, boolean isNormalized, Clamp clamp, @Nullable FakeQuantizer range, int shards) {
        this.map = map;
        this.isNormalized = isNormalized;
        this.clamp = clamp;
        this.range = range;
        this.ones = new float[map.stride];
        Arrays.fill(ones, 1f);
        this.zeros = new float[map.stride];
        this.unusedSums = new ChannelSums[shards];
        Arrays.setAll(unusedSums, _ -> new ChannelSums(map.stride));
    }

    /// The same view with fake quantization by `newRange`.
    public View stored(FakeQuantizer newRange) {
        newRange.follow(map, clamp);
        return new View(map, isNormalized, clamp, newRange, unusedSums.length);
    }

    public boolean isStored() {
        return range != null;
    }

    public FeatureMap map() {
        return map;
    }

    public Clamp clamp() {
        return clamp;
    }

    public boolean isNormalized() {
        return isNormalized;
    }

    /// Whether the feature map is read unchanged.
    public boolean isPlain() {
        return !isNormalized && clamp == Clamp.NONE && range == null;
    }

    private float[] scale() {
        var norm = map.norm;
        return isNormalized && norm != null ? norm.scale : ones;
    }

    private float[] shift() {
        var norm = map.norm;
        return isNormalized && norm != null ? norm.shift : zeros;
    }

    /// Copies `count` pixels, counted over all images.
    void read(int pixel, int count, float[] out, int at, int outStride) {
        int stride = map.stride;
        int source = map.at(pixel);
        if (range != null) {
            range.quantize(map, source, clamp, out, at, outStride, count);
        } else if (!isPlain()) {
            map.kernel()
                    .activate(map.values(), source, stride, scale(), shift(), clamp, out, at, outStride, count, stride);
        } else if (outStride == stride) {
            System.arraycopy(map.values(), source, out, at, count * stride);
        } else {
            for (int p = 0; p < count; p++) {
                System.arraycopy(map.values(), source + p * stride, out, at + p * outStride, stride);
            }
        }
    }

    /// Propagates the gradient of `count` pixels, counted over all images, back through the view to the feature map.
    ///
    /// @param incoming the gradient, from `at` on, its pixels `incomingStride` floats apart
    /// @param adds whether to add to the present gradient rather than overwrite it
    void accumulateGradient(
            float[] incoming, int at, int incomingStride, int pixel, int count, boolean adds, int shard) {
        if (range != null) {
            range.accumulateGradient(incoming, at, incomingStride, map, pixel, clamp, adds, count);
            return;
        }
        var norm = map.norm;
        var center = norm == null ? zeros : norm.mean;
        var sums = norm == null ? unusedSums[shard] : norm.gradientSums(shard);
        map.kernel()
                .deactivate(
                        incoming,
                        at,
                        incomingStride,
                        map.values(),
                        scale(),
                        shift(),
                        clamp,
                        center,
                        map.gradient(),
                        map.at(pixel),
                        map.stride,
                        adds,
                        sums.first,
                        sums.second,
                        count,
                        map.stride);
        if (norm != null) {
            sums.flush();
        }
    }
}
