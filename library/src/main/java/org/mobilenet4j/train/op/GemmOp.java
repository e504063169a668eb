package org.mobilenet4j.train.op;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.kernel.Kernels;
import org.mobilenet4j.kernel.layout.PixelStride;
import org.mobilenet4j.kernel.layout.Tuning;
import org.mobilenet4j.kernel.training.Ahead;
import org.mobilenet4j.kernel.training.GemmKernel;
import org.mobilenet4j.kernel.training.WeightGradientKernel;
import org.mobilenet4j.train.optimize.ParameterLayout;

/// Pointwise convolutions and dense layers: three matrix products, over bands of pixels that may span several images.
public final class GemmOp extends TrainingOp {
    /// Floats of a band in one map and the other: most of what a band and the next touch then stays in a core's second
    /// cache. From a quarter to a whole of it, a step takes the same time within 3 %.
    private static final int BAND = Tuning.SECOND_CACHE * 5 / 8;

    /// With fewer rows, weights and their sums would be read too often.
    private static final int FEWEST_ROWS = 98;

    private final ParameterLayout.Place kernel;
    private final ParameterLayout.@Nullable Place biasPlace;
    private final @Nullable WeightSums sums;
    private final int depth;
    private final int width;
    private final int inStride;
    private final int outStride;
    private final int band;
    private final GemmKernel product;
    private final GemmKernel transposed;
    private final WeightGradientKernel gradient;
    private final float[] packed;
    private final float[] packedBack;
    private final float[] bias;
    private final float[] noBias;
    /// One for each shard.
    private final Ahead[] ahead;

    public GemmOp(View input, FeatureMap output, LayerWeights weights, Kernels kernels) {
        super(output, input);
        this.kernel = weights.kernel();
        this.biasPlace = weights.bias();
        this.depth = input.map().shape.channels();
        this.width = output.shape.channels();
        this.sums = weights.sums(width);
        this.inStride = PixelStride.ofScratch(depth);
        this.outStride = PixelStride.ofScratch(width);
        this.band = Math.max(FEWEST_ROWS, BAND / (inStride + outStride));
        int readStride = input.isPlain() ? input.map().stride : inStride;
        this.product = kernels.gemm(depth, width, readStride, output.stride, band);
        this.transposed = kernels.gemm(width, depth, outStride, inStride, band);
        this.gradient = kernels.weightGradient(depth, width, readStride, outStride);
        this.packed = new float[product.packedSize()];
        this.packedBack = new float[input.map().wantsGradient() ? transposed.packedSize() : 0];
        this.bias = new float[PixelStride.of(width)];
        this.noBias = new float[PixelStride.of(depth)];
        this.ahead = new Ahead[weights.shards()];
        Arrays.setAll(ahead, _ -> new Ahead());
    }

    @Override
    public int scratch() {
        return band * (2 * inStride + outStride);
    }

    @Override
    public boolean isTrained() {
        return sums != null;
    }

    @Override
    public void prepare(float[] values) {
        product.pack(values, kernel.offset(), width, 1, packed);
        if (packedBack.length > 0) {
            transposed.pack(values, kernel.offset(), 1, width, packedBack);
        }
        if (biasPlace != null) {
            System.arraycopy(values, biasPlace.offset(), bias, 0, width);
        }
    }

    @Override
    public void forward(int from, int to, int shard, float[] scratch) {
        int pixels = output().shape.pixels();
        var source = input().isPlain() ? input().map().values() : scratch;
        for (int first = from * pixels, end = to * pixels; first < end; first += band) {
            int count = Math.min(band, end - first);
            int at = read(first, count, scratch);
            int next = Math.min(band, end - first - count);
            ahead[shard].clear();
            input().map().soonValues(ahead[shard], 0, first + count, next);
            output().soonValues(ahead[shard], 1, first + count, next);
            product.multiply(source, at, count, packed, bias, output().values(), output().at(first), ahead[shard]);
            output().wrote(first, count, shard);
        }
    }

    /// Where the pixels start: in working memory, or in the feature map itself if they are read unchanged.
    private int read(int first, int count, float[] scratch) {
        if (input().isPlain()) {
            return input().map().at(first);
        }
        input().read(first, count, scratch, START, inStride);
        return START;
    }

    @Override
    public void backward(int from, int to, int shard, float[] scratch) {
        int pixels = output().shape.pixels();
        int gradientAt = START + band * inStride;
        int backAt = gradientAt + band * outStride;
        var source = input().isPlain() ? input().map().values() : scratch;
        if (sums != null) {
            sums.clear(shard);
        }
        for (int first = from * pixels, end = to * pixels; first < end; first += band) {
            int count = Math.min(band, end - first);
            int next = Math.min(band, end - first - count);
            output().readGradient(first, count, scratch, gradientAt, outStride);
            if (sums != null) {
                int at = read(first, count, scratch);
                ahead[shard].clear();
                output().soonBoth(ahead[shard], 0, first + count, next);
                gradient.add(source, at, scratch, gradientAt, count, sums.kernel(shard), ahead[shard]);
                sums.addBias(scratch, gradientAt, outStride, count, shard);
            }
            if (packedBack.length > 0) {
                ahead[shard].clear();
                input().map().soonBoth(ahead[shard], 0, first + count, next);
                transposed.multiply(scratch, gradientAt, count, packedBack, noBias, scratch, backAt, ahead[shard]);
                input().accumulateGradient(scratch, backAt, inStride, first, count, adds(0), shard);
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
