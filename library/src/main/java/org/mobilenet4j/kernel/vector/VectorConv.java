package org.mobilenet4j.kernel.vector;

import java.util.BitSet;
import org.mobilenet4j.kernel.ArrayKernel;
import org.mobilenet4j.kernel.ConvKernel;
import org.mobilenet4j.kernel.Scratch;
import org.mobilenet4j.kernel.Warmth;
import org.mobilenet4j.kernel.WeightRows;
import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.kernel.layout.Tuning;

/// A matrix product in tiles: several pixels by one or more vectors of output channels, held in registers while the
/// input channels stream by, tap after tap.
///
/// The weights are packed once as `[group][block][tap][input][lane]`, so that a tile reads them sequentially. The
/// tiles themselves are expanded from a template at build time: see `src/template`.
final class VectorConv implements ConvKernel, ArrayKernel {
    /// Accumulators that fit the registers beside the weights and one input.
    private static final int ACCUMULATORS = Lanes.mostSums();

    /// A tile with this many channels takes less than a microsecond when compiled, and many when not; it takes the
    /// JIT's counters past their thresholds with the fewest operations.
    private static final int WARM_UP_DEPTH = 24;

    private final ConvShape shape;
    private final int vectors;
    private final int blocks;
    private final int[] reads;
    private final boolean isPointwise;
    private final boolean unitsAreBlocks;
    /// The number of rows that process all blocks of channels before the next rows do.
    private final int bandRows;
    private final float[] packed;
    private final float[] packedBias;
    /// Where the window of each output pixel starts, and where its channels are written.
    private final int[] inputs;
    private final int[] outputs;
    /// Where each pixel's channels are written in a separate array that holds a tile.
    private final int[] asideOutputs;
    private final Scratch scratch;

    VectorConv(ConvShape shape, WeightRows kernel, float[] bias) {
        this.shape = shape;
        int pixels = shape.out().shape().pixels();
        this.vectors = vectors(pixels, shape.groupOutputs());
        this.reads = reads(shape);
        this.isPointwise = shape.window().taps() == 1;
        this.blocks = Math.ceilDiv(shape.groupOutputs(), blockWidth());
        this.packed = pack(kernel);
        this.packedBias = packBias(bias);
        this.inputs = new int[pixels];
        this.outputs = new int[pixels];
        int width = shape.out().shape().width();
        for (int p = 0; p < pixels; p++) {
            inputs[p] = shape.windowAt(p / width, p % width);
            outputs[p] = shape.out().at(p / width, p % width);
        }
        this.asideOutputs = new int[mostPixels()];
        for (int p = 0; p < asideOutputs.length; p++) {
            asideOutputs[p] = p * blockWidth();
        }
        this.scratch = new Scratch(ACCUMULATORS * Lanes.COUNT);
        this.unitsAreBlocks = shape.readsMostlyWeights() && blocks * shape.groups() > 1;
        int row = shape.in().rowStride() * shape.window().strideRows()
                + shape.out().rowStride();
        this.bandRows = Math.clamp(
                Tuning.SECOND_CACHE / row,
                Math.min(grain(), shape.out().shape().height()),
                shape.out().shape().height());
    }

    /// The offset of every value that an output channel reads, in the order of the kernel's rows.
    private static int[] reads(ConvShape shape) {
        int inputs = shape.groupInputs();
        int width = shape.window().width();
        var reads = new int[shape.window().taps() * inputs];
        for (int k = 0; k < reads.length; k++) {
            int tap = k / inputs;
            reads[k] = shape.tapAt(tap / width, tap % width) + k % inputs;
        }
        return reads;
    }

    /// A single pixel needs several vectors in flight to hide the latency of an addition; few channels fill only one.
    private static int vectors(int pixels, int channels) {
        if (channels <= Lanes.COUNT) {
            return 1;
        }
        return pixels == 1 && channels > 2 * Lanes.COUNT ? 4 : 2;
    }

    private int mostPixels() {
        return Math.min(ACCUMULATORS / vectors, Tuning.TALLEST_TILE);
    }

    private int blockWidth() {
        return vectors * Lanes.COUNT;
    }

    /// Every block takes the same space, including the last, which may be narrower.
    private float[] pack(WeightRows kernel) {
        int rows = reads.length;
        var target = new float[LEAD + shape.groups() * blocks * rows * blockWidth()];
        var whole = new float[shape.out().shape().channels()];
        for (int row = 0; row < rows; row++) {
            kernel.copy(row, whole, 0);
            for (int index = 0; index < shape.groups() * blocks; index++) {
                int first = index % blocks * blockWidth();
                int lanes = Math.min(blockWidth(), shape.groupOutputs() - first);
                int source = index / blocks * shape.groupOutputs() + first;
                int at = LEAD + index * rows * blockWidth() + row * vectors(lanes) * Lanes.COUNT;
                System.arraycopy(whole, source, target, at, lanes);
            }
        }
        return target;
    }

    private float[] packBias(float[] bias) {
        var target = new float[shape.groups() * blocks * blockWidth()];
        for (int group = 0; group < shape.groups(); group++) {
            System.arraycopy(
                    bias, group * shape.groupOutputs(), target, group * blocks * blockWidth(), shape.groupOutputs());
        }
        return target;
    }

    /// One unit is an output row, or a block of channels if there are more weights to read than pixels.
    @Override
    public int units() {
        return unitsAreBlocks ? blocks * shape.groups() : shape.out().shape().height();
    }

    @Override
    public boolean unitsAreRows() {
        return !unitsAreBlocks;
    }

    @Override
    public int firstChannel(int unit) {
        return unit / blocks * shape.groupOutputs() + unit % blocks * blockWidth();
    }

    @Override
    public int grain() {
        return unitsAreBlocks
                ? 1
                : Math.ceilDiv(Tuning.GRAIN_PIXELS, shape.out().shape().width());
    }

    @Override
    public void run(float[] memory, int from, int to) {
        int width = shape.out().shape().width();
        if (from == to) {
            return;
        }
        if (unitsAreBlocks) {
            for (int block = from; block < to; block++) {
                block(memory, block, 0, inputs.length);
            }
            return;
        }
        int bands = Math.ceilDiv(to - from, bandRows);
        for (int i = 0; i < bands; i++) {
            int begin = from + (to - from) * i / bands;
            int end = from + (to - from) * (i + 1) / bands;
            for (int block = 0; block < blocks * shape.groups(); block++) {
                block(memory, block, begin * width, end * width);
            }
        }
    }

    /// Block `index`, counted over all groups, for the pixels from `from` to `to`; they are spread evenly over the
    /// tiles, so that nearly all are full.
    private void block(float[] memory, int index, int from, int to) {
        int channel = index % blocks * blockWidth();
        int out = index / blocks * shape.groupOutputs() + channel;
        int channels = Math.min(shape.groupOutputs() - channel, blockWidth());
        int blockVectors = vectors(channels);
        int count = Math.ceilDiv(to - from, mostPixels());
        int low = (to - from) / count;
        int high = (to - from) % count; // this many tiles are one pixel taller
        int end = from;
        if (hasRoom(out, channels, blockVectors)) {
            for (int tile = 0; tile < count; tile++) {
                int first = end;
                end += tile < high ? low + 1 : low;
                tile(memory, index, blockVectors, first, end - first, reads.length, memory, outputs, first, out);
            }
            return;
        }
        // Tiles store whole vectors: where these would reach too far, they are stored in a separate array and
        // copied.
        var aside = scratch.take();
        for (int tile = 0; tile < count; tile++) {
            int first = end;
            end += tile < high ? low + 1 : low;
            tile(memory, index, blockVectors, first, end - first, reads.length, aside, asideOutputs, 0, 0);
            for (int p = first; p < end; p++) {
                System.arraycopy(aside, asideOutputs[p - first], memory, outputs[p] + out, channels);
            }
        }
        scratch.give(aside);
    }

    private boolean hasRoom(int out, int channels, int blockVectors) {
        int end = out + blockVectors * Lanes.COUNT;
        return channels == blockVectors * Lanes.COUNT
                || (shape.groups() == 1 && end <= shape.out().room());
    }

    /// The last block of a group uses as many vectors as its channels fill.
    private int vectors(int channels) {
        int needed = Math.ceilDiv(channels, Lanes.COUNT);
        return needed >= vectors || needed == 3 ? vectors : needed;
    }

    /// The first `depth` inputs of `pixels` pixels from `first` on, for block `index`.
    private void tile(
            float[] memory,
            int index,
            int blockVectors,
            int first,
            int pixels,
            int depth,
            float[] target,
            int[] places,
            int firstPlace,
            int out) {
        int in = shape.groups() == 1 ? 0 : index / blocks * shape.groupInputs();
        int at = LEAD + index * reads.length * blockWidth();
        int bias = index * blockWidth();
        if (isPointwise) {
            Tiles.run(
                    blockVectors,
                    pixels,
                    memory,
                    inputs,
                    first,
                    in,
                    packed,
                    at,
                    depth,
                    packedBias,
                    bias,
                    target,
                    places,
                    firstPlace,
                    out,
                    shape.clamp().lowBits(),
                    shape.clamp().highBits());
        } else {
            Tiles.runTaps(
                    blockVectors,
                    pixels,
                    memory,
                    inputs,
                    first,
                    in,
                    reads,
                    packed,
                    at,
                    depth,
                    packedBias,
                    bias,
                    target,
                    places,
                    firstPlace,
                    out,
                    shape.clamp().lowBits(),
                    shape.clamp().highBits());
        }
    }

    /// The last block may be narrower than the others.
    @Override
    public boolean warmUp(float[] memory, Warmth warmth) {
        int narrow = vectors(shape.groupOutputs() - (blocks - 1) * blockWidth());
        var heights = heights();
        boolean isWarm = true;
        for (int height = heights.length(); --height >= 0 && isWarm; ) {
            isWarm = !heights.get(height)
                    || (warmUp(memory, warmth, vectors, height) && warmUp(memory, warmth, narrow, height));
        }
        return isWarm;
    }

    private boolean warmUp(float[] memory, Warmth warmth, int tileVectors, int pixels) {
        int few = Math.min(reads.length, WARM_UP_DEPTH);
        var aside = scratch.take();
        boolean isWarm = warmth.reach(
                Tuning.WARM_NANOS, () -> tile(memory, 0, tileVectors, 0, pixels, few, aside, asideOutputs, 0, 0));
        scratch.give(aside);
        return isWarm;
    }

    /// The heights of the tiles that cover the feature map, or as many of its rows as a tile may get.
    private BitSet heights() {
        var heights = new BitSet();
        int rows = shape.out().shape().height();
        int least = unitsAreBlocks
                ? rows
                : Math.min(grain(), Math.ceilDiv(rows, Runtime.getRuntime().availableProcessors()));
        for (int given = Math.max(1, least); given <= rows; given++) {
            int pixels = given * shape.out().shape().width();
            int count = Math.ceilDiv(pixels, mostPixels());
            heights.set(pixels / count);
            heights.set(Math.ceilDiv(pixels, count));
        }
        return heights;
    }
}
