package org.mobilenet4j.train.op;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.kernel.Kernels;
import org.mobilenet4j.kernel.layout.PixelStride;
import org.mobilenet4j.kernel.layout.Tuning;
import org.mobilenet4j.kernel.training.GemmKernel;
import org.mobilenet4j.kernel.training.Im2colKernel;
import org.mobilenet4j.kernel.training.WeightGradientKernel;
import org.mobilenet4j.tensor.Shape;
import org.mobilenet4j.train.optimize.ParameterLayout;

/// A convolution with any window and any number of groups: the values under the window of each output pixel are
/// copied to a row, and the rows are multiplied by the kernel (Chellapilla et al., 2006). In the backward pass, the
/// rows are added back to the feature map (col2im).
public final class Im2colConvOp extends TrainingOp {
    /// Floats of the rows of a band: a quarter of a core's L2 cache.
    private static final int BAND = Tuning.SECOND_CACHE / 2;

    private static final int FEWEST_PIXELS = 16;

    private final ParameterLayout.Place kernel;
    private final ParameterLayout.@Nullable Place biasPlace;
    /// One per group; none if the weights are frozen.
    private final WeightSums[] sums;
    private final Window window;
    private final Shape in;
    private final Shape out;
    private final int groups;
    private final int groupIn;
    private final int groupOut;
    private final int depth;
    private final int rowStride;
    private final int outStride;
    private final int band;
    private final PaddedMap padded;
    private final Im2colKernel unfold;
    private final GemmKernel product;
    private final GemmKernel transposed;
    private final WeightGradientKernel gradient;
    private final float[][] packed;
    private final float[][] packedBack;
    private final float[][] bias;
    private final float[] noBias;

    public Im2colConvOp(View input, FeatureMap output, Conv conv, LayerWeights weights, Kernels kernels) {
        super(output, input);
        this.kernel = weights.kernel();
        this.biasPlace = weights.bias();
        this.window = conv.window();
        this.in = input.map().shape;
        this.out = output.shape;
        this.groups = conv.groups();
        this.groupIn = in.channels() / groups;
        this.groupOut = out.channels() / groups;
        this.depth = window.taps() * groupIn;
        this.rowStride = PixelStride.ofScratch(depth);
        // A single group is written directly to the feature map.
        this.outStride = groups == 1 ? output.stride : PixelStride.ofScratch(groupOut);
        this.band = Math.max(FEWEST_PIXELS, BAND / (rowStride + outStride));
        this.padded = PaddedMap.of(in, window, input.map().stride);
        var runs = new int[depth / run()];
        Arrays.setAll(runs, this::runAt);
        this.unfold = kernels.im2col(runs, run(), rowStride);
        this.product = kernels.gemm(depth, groupOut, rowStride, outStride, band);
        this.transposed = kernels.gemm(groupOut, depth, outStride, rowStride, band);
        this.gradient = kernels.weightGradient(depth, groupOut, rowStride, outStride);
        boolean goesBack = input.map().wantsGradient();
        this.packed = new float[groups][product.packedSize()];
        this.packedBack = new float[groups][goesBack ? transposed.packedSize() : 0];
        this.bias = new float[groups][PixelStride.of(groupOut)];
        this.noBias = new float[PixelStride.of(depth)];
        this.sums = weights.groupSums(groups, out.channels());
    }

    private int mapSize() {
        return PixelStride.of(padded.height() * padded.rowStride());
    }

    @Override
    public int scratch() {
        int whole = output().stride * band;
        return 2 * mapSize() + band * (2 * rowStride + outStride) + whole + PixelStride.FLOATS;
    }

    @Override
    public boolean isTrained() {
        return sums.length > 0;
    }

    @Override
    public void prepare(float[] values) {
        for (int group = 0; group < groups; group++) {
            int at = kernel.offset() + group * groupOut;
            product.pack(values, at, out.channels(), 1, packed[group]);
            if (packedBack[group].length > 0) {
                transposed.pack(values, at, 1, out.channels(), packedBack[group]);
            }
            if (biasPlace != null) {
                System.arraycopy(values, biasPlace.offset() + group * groupOut, bias[group], 0, groupOut);
            }
        }
    }

    @Override
    public void forward(int from, int to, int shard, float[] scratch) {
        int rowsAt = START + mapSize();
        int outAt = rowsAt + band * rowStride;
        for (int image = from; image < to; image++) {
            padded.read(input(), image * in.pixels(), 0, padded.height(), scratch, START);
            for (int first = 0; first < out.pixels(); first += band) {
                int count = Math.min(band, out.pixels() - first);
                int pixel = image * out.pixels() + first;
                for (int group = 0; group < groups; group++) {
                    unfold(scratch, first, count, group, rowsAt);
                    if (groups == 1) {
                        product.multiply(scratch, rowsAt, count, packed[0], bias[0], output().values(), at(pixel, 0));
                    } else {
                        product.multiply(scratch, rowsAt, count, packed[group], bias[group], scratch, outAt);
                        copy(scratch, outAt, outStride, output().values(), at(pixel, group), output().stride, count);
                    }
                }
                output().wrote(pixel, count, shard);
            }
        }
    }

    private int at(int pixel, int group) {
        return output().at(pixel) + group * groupOut;
    }

    private void copy(float[] from, int at, int stride, float[] to, int target, int targetStride, int pixels) {
        for (int p = 0; p < pixels; p++) {
            System.arraycopy(from, at + p * stride, to, target + p * targetStride, groupOut);
        }
    }

    @Override
    public void backward(int from, int to, int shard, float[] scratch) {
        for (var own : sums) {
            own.clear(shard);
        }
        boolean goesBack = input().map().wantsGradient();
        for (int image = from; image < to; image++) {
            if (sums.length > 0) {
                padded.read(input(), image * in.pixels(), 0, padded.height(), scratch, START);
            }
            if (goesBack) {
                Arrays.fill(scratch, START + mapSize(), START + 2 * mapSize(), 0f);
            }
            for (int first = 0; first < out.pixels(); first += band) {
                backward(image, first, Math.min(band, out.pixels() - first), shard, scratch);
            }
            if (goesBack) {
                accumulateRows(image, shard, scratch);
            }
        }
    }

    private void backward(int image, int first, int count, int shard, float[] scratch) {
        int rowsAt = START + 2 * mapSize();
        int backAt = rowsAt + band * rowStride;
        int gradientAt = backAt + band * rowStride;
        int wholeAt = gradientAt + band * outStride;
        int stride = output().stride;
        int readAt = groups == 1 ? gradientAt : wholeAt;
        output().readGradient(image * out.pixels() + first, count, scratch, readAt, stride);
        for (int group = 0; group < groups; group++) {
            if (groups > 1) {
                Arrays.fill(scratch, gradientAt, gradientAt + count * outStride, 0f);
                copy(scratch, wholeAt + group * groupOut, stride, scratch, gradientAt, outStride, count);
            }
            if (sums.length > 0) {
                unfold(scratch, first, count, group, rowsAt);
                gradient.add(scratch, rowsAt, scratch, gradientAt, count, sums[group].kernel(shard));
                sums[group].addBias(scratch, gradientAt, outStride, count, shard);
            }
            if (packedBack[group].length > 0) {
                transposed.multiply(scratch, gradientAt, count, packedBack[group], noBias, scratch, backAt);
                fold(scratch, first, count, group, backAt);
            }
        }
    }

    private void accumulateRows(int image, int shard, float[] scratch) {
        for (int y = 0; y < in.height(); y++) {
            int at = START + mapSize() + (y + padded.top()) * padded.rowStride() + padded.left() * padded.pixelStride();
            int pixel = image * in.pixels() + y * in.width();
            input().accumulateGradient(scratch, at, padded.pixelStride(), pixel, in.width(), adds(0), shard);
        }
    }

    /// Where the window of output pixel `pixel` starts in a padded feature map.
    private int windowAt(int pixel) {
        int y = pixel / out.width() * window.strideRows();
        int x = pixel % out.width() * window.strideColumns();
        return y * padded.rowStride() + x * padded.pixelStride();
    }

    /// Values that are contiguous in both a padded feature map and a row: one tap's, or those of a whole row of taps.
    private int run() {
        return areRowsWhole() ? window.width() * groupIn : groupIn;
    }

    private boolean areRowsWhole() {
        return groupIn == padded.pixelStride() && window.dilation() == 1;
    }

    /// From the start of the window to run `index`.
    private int runAt(int index) {
        int across = areRowsWhole() ? 1 : window.width();
        int i = index / across;
        int j = index % across;
        return window.dilation() * (i * padded.rowStride() + j * padded.pixelStride());
    }

    private void unfold(float[] scratch, int first, int count, int group, int rowsAt) {
        int step = window.strideColumns() * padded.pixelStride();
        for (int p = 0; p < count; ) {
            int here = Math.min(count - p, out.width() - (first + p) % out.width());
            int source = START + windowAt(first + p) + group * groupIn;
            unfold.unfold(scratch, source, step, here, scratch, rowsAt + p * rowStride);
            p += here;
        }
    }

    private void fold(float[] scratch, int first, int count, int group, int rowsAt) {
        int run = run();
        int runs = depth / run;
        for (int r = 0; r < runs; r++) {
            int tap = START + mapSize() + runAt(r) + group * groupIn;
            int source = rowsAt + r * run;
            for (int p = 0; p < count; p++) {
                int from = source + p * rowStride;
                int to = tap + windowAt(first + p);
                for (int c = 0; c < run; c++) {
                    scratch[to + c] += scratch[from + c];
                }
            }
        }
    }

    @Override
    public void collect(float[] gradients) {
        for (var own : sums) {
            own.collect(gradients);
        }
    }
}
