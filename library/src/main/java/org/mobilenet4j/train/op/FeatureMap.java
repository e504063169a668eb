package org.mobilenet4j.train.op;

import org.jspecify.annotations.Nullable;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.kernel.Kernel;
import org.mobilenet4j.kernel.layout.PixelStride;
import org.mobilenet4j.kernel.training.Ahead;
import org.mobilenet4j.kernel.training.NormKernel;
import org.mobilenet4j.tensor.Shape;

/// One layer's output for a whole batch, kept for the backward pass: images one after the other from a cache line on,
/// pixels `stride` floats apart, zeros after the channels.
///
/// If its only reader is a batch normalization, the feature map is kept as it is, and all later readers apply the
/// normalization on the fly; the gradient is then that of the normalization's output.
public final class FeatureMap {
    private static final float[] NOTHING = {};

    public final Shape shape;
    public final int stride;
    public final @Nullable BatchNormState norm;
    private final NormKernel kernel;
    private final int lead;
    private float[] values;
    private float[] gradient = NOTHING;
    private boolean wantsGradient;
    private @Nullable FakeQuantizer range;

    public FeatureMap(Shape shape, int batch, @Nullable BatchNormState norm, NormKernel kernel) {
        this.shape = shape;
        this.stride = PixelStride.of(shape.channels());
        this.norm = norm;
        this.kernel = kernel;
        this.lead = Kernel.LEAD;
        this.values = new float[size(batch)];
    }

    /// A feature map that belongs to the caller: a batch of dense images, set by [#lend].
    public FeatureMap(Shape shape, NormKernel kernel) {
        this.shape = shape;
        this.stride = shape.channels();
        this.norm = null;
        this.kernel = kernel;
        this.lead = 0;
        this.values = NOTHING;
    }

    /// Floats of an array for `batch` images.
    public int size(int batch) {
        long size = lead + (long) batch * shape.pixels() * stride;
        if (size > Integer.MAX_VALUE - 8) {
            throw new BadValueException("a batch of " + batch + " feature maps of " + shape
                    + " does not fit into an array; take a smaller batch");
        }
        return (int) size;
    }

    /// Uses `images` as this feature map's values.
    public void lend(float[] images) {
        values = images;
    }

    /// Uses `memory` for this feature map's gradient; it may hold those of others before and after.
    public void lendGradient(float[] memory) {
        gradient = memory;
    }

    /// Marks that something before this feature map is trained.
    public void wantGradient() {
        wantsGradient = true;
    }

    public boolean wantsGradient() {
        return wantsGradient;
    }

    /// Where a pixel, counted over all images, lies in the values and in the gradient.
    public int at(int pixel) {
        return lead + pixel * stride;
    }

    public float[] values() {
        return values;
    }

    public float[] gradient() {
        return gradient;
    }

    /// Announces that the values of `count` pixels are going to be read or written.
    void soonValues(Ahead ahead, int group, int pixel, int count) {
        ahead.halve(group, values, at(pixel), count * stride);
    }

    /// Announces that values and gradient of `count` pixels are going to be read or written.
    void soonBoth(Ahead ahead, int group, int pixel, int count) {
        ahead.set(group, values, at(pixel), gradient, at(pixel), count * stride);
    }

    NormKernel kernel() {
        return kernel;
    }

    /// Makes `newRange` observe all values that are written.
    void follow(FakeQuantizer newRange) {
        range = newRange;
    }

    /// The quantizer that observes this feature map's values, if any.
    public @Nullable FakeQuantizer range() {
        return range;
    }

    /// Updates statistics with `count` pixels, counted over all images, that were just written.
    void wrote(int pixel, int count, int shard) {
        if (norm != null) {
            norm.wrote(kernel, values, at(pixel), stride, count, shard);
        }
        if (range != null) {
            range.wrote(values, at(pixel), count * stride, shard);
        }
    }

    /// Copies the gradient of `count` pixels.
    void readGradient(int pixel, int count, float[] out, int at, int outStride) {
        int source = at(pixel);
        if (norm != null) {
            kernel.combine(gradient, values, source, stride, norm.a, norm.b, norm.c, out, at, outStride, count, stride);
        } else if (outStride == stride) {
            System.arraycopy(gradient, source, out, at, count * stride);
        } else {
            for (int p = 0; p < count; p++) {
                System.arraycopy(gradient, source + p * stride, out, at + p * outStride, stride);
            }
        }
    }
}
