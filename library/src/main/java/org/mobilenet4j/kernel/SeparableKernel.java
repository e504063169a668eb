package org.mobilenet4j.kernel;

import org.mobilenet4j.tensor.Shape;

/// A depthwise convolution and the pointwise one behind it, a band of rows at a time: the map between them is never
/// whole, and what there is of it stays in the cache.
///
/// The results are those of the two kernels one after the other, bit for bit.
public final class SeparableKernel implements Kernel {
    /// Floats of a band, about: a quarter of a core's second cache.
    private static final int BAND = 1 << 16;

    private final DepthwiseKernel depthwise;
    private final ConvKernel pointwise;
    private final Plane between;
    private final int rows;
    private final Scratch bands;

    /// @param depthwise writes `between`
    /// @param pointwise reads `between`, pixel by pixel
    /// @param between the map between them, as if it were whole and started at 0
    public SeparableKernel(DepthwiseKernel depthwise, ConvKernel pointwise, Plane between) {
        int height = between.shape().height();
        if (between.offset() != 0 || depthwise.units() != height || pointwise.units() != height) {
            throw new IllegalArgumentException("the two convolutions do not meet row by row at " + between);
        }
        this.depthwise = depthwise;
        this.pointwise = pointwise;
        this.between = between;
        this.rows = Math.clamp(BAND / between.rowStride(), Math.min(pointwise.grain(), height), height);
        this.bands = new Scratch(LEAD + rows * between.rowStride() + SLACK);
    }

    /// Whether a pointwise convolution from `in` to `out` had better be computed together with the depthwise one
    /// before it.
    public static boolean pays(Shape in, Shape out) {
        return !ConvShape.readsMostlyWeights(in.channels() * (long) out.channels(), in, out);
    }

    /// One unit is one output row.
    @Override
    public int units() {
        return between.shape().height();
    }

    @Override
    public int grain() {
        return pointwise.grain();
    }

    @Override
    public void run(float[] memory, int from, int to) {
        var band = bands.take();
        int count = Math.ceilDiv(to - from, rows);
        int end = from;
        for (int i = 1; i <= count; i++) {
            int start = end;
            end = from + (to - from) * i / count;
            int shift = LEAD - start * between.rowStride();
            depthwise.run(memory, band, shift, start, end);
            pointwise.run(band, shift, memory, start, end);
        }
        bands.give(band);
    }

    @Override
    public boolean warmUp(float[] memory, Warmth warmth) {
        return depthwise.warmUp(memory, warmth) && pointwise.warmUp(memory, warmth);
    }
}
