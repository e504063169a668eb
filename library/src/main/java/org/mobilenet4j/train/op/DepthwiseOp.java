package org.mobilenet4j.train.op;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.kernel.Kernels;
import org.mobilenet4j.kernel.layout.PixelStride;
import org.mobilenet4j.kernel.layout.TapLayout;
import org.mobilenet4j.kernel.layout.Tuning;
import org.mobilenet4j.kernel.training.Ahead;
import org.mobilenet4j.kernel.training.DepthwiseTrainingKernel;
import org.mobilenet4j.tensor.Shape;
import org.mobilenet4j.train.optimize.ParameterLayout;

/// A depthwise convolution with one output channel per input channel, computed in bands of rows.
///
/// In the backward pass, the output's gradient is dilated with zeros by the stride, and filtered with the
/// reversed taps.
public final class DepthwiseOp extends TrainingOp {
    /// Floats of a band with its zero padding. In the backward pass, a core's second cache has to hold much more: what
    /// is made of the band, and the maps of this band and the next.
    private static final int BAND = Tuning.SECOND_CACHE * 5 / 16;

    private final ParameterLayout.Place kernel;
    private final ParameterLayout.@Nullable Place biasPlace;
    private final @Nullable WeightSums sums;
    private final Window window;
    private final Shape in;
    private final Shape out;
    private final int stride;
    /// Floats from one pixel to the next in working memory.
    private final int step;

    private final PaddedMap padded;
    private final PaddedMap spread;
    private final DepthwiseTrainingKernel forward;
    private final DepthwiseTrainingKernel back;
    private final int rows;
    private final float[] weights;
    private final float[] reversed;
    private final float[] bias;
    /// One for each shard.
    private final Ahead[] ahead;

    public DepthwiseOp(View input, FeatureMap output, DepthwiseConv conv, LayerWeights place, Kernels kernels) {
        super(output, input);
        this.kernel = place.kernel();
        this.biasPlace = place.bias();
        this.window = conv.window();
        this.in = input.map().shape;
        this.out = output.shape;
        this.stride = output.stride;
        this.sums = place.sums(out.channels());
        this.step = PixelStride.ofScratch(out.channels());
        this.padded = PaddedMap.of(in, window, step);
        if (window.top(in) >= window.effectiveHeight()
                || window.left(in) >= window.effectiveWidth()
                || window.bottom(in) >= window.effectiveHeight()
                || window.right(in) >= window.effectiveWidth()) {
            throw new BadValueException(conv.name() + ": with " + window
                    + " some outputs would see only padding, not the input " + in + "; pad less");
        }
        // Row 0 holds what the last tap of the first input row reads.
        int above = window.effectiveHeight() - 1 - window.top(in);
        int before = window.effectiveWidth() - 1 - window.left(in);
        this.spread = new PaddedMap(
                in,
                step,
                above,
                before,
                in.height() + window.effectiveHeight() - 1,
                in.width() + window.effectiveWidth() - 1);
        int dilation = window.dilation();
        this.forward = kernels.depthwiseTraining(new TapLayout(
                window.height(),
                window.width(),
                window.strideRows() * padded.rowStride(),
                window.strideColumns() * step,
                dilation * padded.rowStride(),
                dilation * step,
                stride));
        this.back = kernels.depthwiseTraining(new TapLayout(
                window.height(),
                window.width(),
                spread.rowStride(),
                step,
                dilation * spread.rowStride(),
                dilation * step,
                stride));
        int widest = Math.max(padded.rowStride() * window.strideRows(), spread.rowStride());
        this.rows = Math.clamp(BAND / widest, 1, Math.max(1, out.height()));
        this.weights = new float[window.taps() * stride];
        this.reversed = new float[window.taps() * stride];
        this.bias = new float[stride];
        this.ahead = new Ahead[place.shards()];
        Arrays.setAll(ahead, _ -> new Ahead());
    }

    private int inputRows() {
        return rows * window.strideRows();
    }

    /// A band of input rows is read by windows that start above it by up to the zero padding there.
    private int paddedRows() {
        return inputRows() + window.top(in) + window.effectiveHeight();
    }

    private int spreadSize() {
        return (inputRows() + window.effectiveHeight() - 1) * spread.rowStride();
    }

    @Override
    public int scratch() {
        return paddedRows() * padded.rowStride() + spreadSize() + inputRows() * in.width() * stride;
    }

    @Override
    public boolean isTrained() {
        return sums != null;
    }

    @Override
    public void prepare(float[] values) {
        int channels = out.channels();
        int taps = window.taps();
        for (int tap = 0; tap < taps; tap++) {
            System.arraycopy(values, kernel.offset() + tap * channels, weights, tap * stride, channels);
            System.arraycopy(values, kernel.offset() + tap * channels, reversed, (taps - 1 - tap) * stride, channels);
        }
        if (biasPlace != null) {
            System.arraycopy(values, biasPlace.offset(), bias, 0, channels);
        }
    }

    @Override
    public void forward(int from, int to, int shard, float[] scratch) {
        for (int image = from; image < to; image++) {
            for (int y = 0; y < out.height(); y += rows) {
                int count = Math.min(rows, out.height() - y);
                int first = y * window.strideRows();
                padded.read(
                        input(),
                        image * in.pixels(),
                        first,
                        first + (count - 1) * window.strideRows() + window.effectiveHeight(),
                        scratch,
                        START);
                int pixel = image * out.pixels() + y * out.width();
                var values = output().values();
                soonForward(image, first, count, to, ahead[shard]);
                forward.filter(
                        scratch, START, weights, values, output().at(pixel), stride, count, out.width(), ahead[shard]);
                addBias(values, output().at(pixel), count * out.width());
                output().wrote(pixel, count * out.width(), shard);
            }
        }
    }

    /// Announces what the band behind `count` output rows will read and write, whose first window begins at row
    /// `first`.
    private void soonForward(int image, int first, int count, int to, Ahead soon) {
        int s = window.strideRows();
        int read = Math.min(in.height(), first - window.top(in) + (count - 1) * s + window.effectiveHeight());
        int inAt = image * in.pixels() + read * in.width();
        int outAt = image * out.pixels() + (first / s + count) * out.width();
        input().map().soonValues(soon, 0, inAt, Math.min(inputRows() * in.width(), to * in.pixels() - inAt));
        output().soonValues(soon, 1, outAt, Math.min(rows * out.width(), to * out.pixels() - outAt));
    }

    /// The same in the backward pass, behind `count` input rows from `row` on.
    private void soonBackward(int image, int row, int count, int to, Ahead soon) {
        int lastRow = row - spread.top() + count + window.effectiveHeight() - 2;
        int read = Math.min(out.height(), Math.floorDiv(lastRow, window.strideRows()) + 1);
        int outAt = image * out.pixels() + read * out.width();
        int inAt = image * in.pixels() + (row + count) * in.width();
        output().soonBoth(soon, 0, outAt, Math.min(rows * out.width(), to * out.pixels() - outAt));
        input().map().soonBoth(soon, 1, inAt, Math.min(inputRows() * in.width(), to * in.pixels() - inAt));
    }

    private void addBias(float[] values, int at, int pixels) {
        if (biasPlace != null) {
            for (int p = 0; p < pixels; p++) {
                for (int c = 0; c < stride; c++) {
                    values[at + p * stride + c] += bias[c];
                }
            }
        }
    }

    @Override
    public void backward(int from, int to, int shard, float[] scratch) {
        if (sums != null) {
            sums.clear(shard);
        }
        for (int image = from; image < to; image++) {
            for (int row = 0; row < in.height(); row += inputRows()) {
                backward(image, row, Math.min(inputRows(), in.height() - row), to, shard, scratch);
            }
        }
    }

    /// Input rows `row` to `row + count`, and the output rows whose place they are.
    private void backward(int image, int row, int count, int to, int shard, float[] scratch) {
        int spreadAt = START + paddedRows() * padded.rowStride();
        int backAt = spreadAt + spreadSize();
        spread(image, row, count, scratch, spreadAt);
        if (sums != null) {
            addGradients(image, row, count, shard, scratch, spreadAt);
        }
        if (input().map().wantsGradient()) {
            soonBackward(image, row, count, to, ahead[shard]);
            back.filter(scratch, spreadAt, reversed, scratch, backAt, stride, count, in.width(), ahead[shard]);
            int pixel = image * in.pixels() + row * in.width();
            input().accumulateGradient(scratch, backAt, stride, pixel, count * in.width(), adds(0), shard);
        }
    }

    /// Copies the gradient of output row `y` to row `y * s`, counted as rows of the padded input, for all rows that
    /// read input rows `row` to `row + count`, and zeros all around.
    private void spread(int image, int row, int count, float[] scratch, int at) {
        int s = window.strideRows();
        int across = window.strideColumns();
        int first = row - spread.top(); // the padded input's row at the start of the memory
        int rowsHere = count + window.effectiveHeight() - 1;
        int least = Math.max(0, Math.ceilDiv(first, s));
        int most = Math.min(out.height() - 1, Math.floorDiv(first + rowsHere - 1, s));
        int columns = Math.min(out.width(), Math.ceilDiv(spread.width() - spread.left(), across));
        int zeroed = at;
        for (int y = least; y <= most; y++) {
            int start = at + (y * s - first) * spread.rowStride() + spread.left() * step;
            int end = start + ((columns - 1) * across + 1) * step;
            // Where there are no zeros between the pixels, only what is around them.
            Arrays.fill(scratch, zeroed, across == 1 ? start : end, 0f);
            output().readGradient(image * out.pixels() + y * out.width(), columns, scratch, start, across * step);
            zeroed = end;
        }
        Arrays.fill(scratch, zeroed, at + rowsHere * spread.rowStride(), 0f);
    }

    private void addGradients(int image, int row, int count, int shard, float[] scratch, int spreadAt) {
        int s = window.strideRows();
        int across = window.strideColumns();
        int least = Math.ceilDiv(row, s);
        int end = row + count == in.height() ? out.height() : Math.min(out.height(), Math.ceilDiv(row + count, s));
        if (least >= end || sums == null) {
            return;
        }
        int first = least * s;
        padded.read(input(), image * in.pixels(), first, (end - 1) * s + window.effectiveHeight(), scratch, START);
        int columns = Math.min(out.width(), Math.ceilDiv(spread.width() - spread.left(), across));
        int gradientAt = spreadAt + (first - (row - spread.top())) * spread.rowStride() + spread.left() * step;
        int rowStep = s * spread.rowStride();
        forward.addGradient(
                scratch, START, scratch, gradientAt, across * step, rowStep, end - least, columns, sums.kernel(shard));
        for (int y = 0; y < end - least; y++) {
            sums.addBias(scratch, gradientAt + y * rowStep, across * step, columns, shard);
        }
    }

    @Override
    public void collect(float[] gradients) {
        if (sums != null) {
            sums.collect(gradients);
        }
    }
}
