package org.mobilenet4j.kernel;

/// A matrix product in tiles: some pixels by one or more vectors of output channels, held in registers while the input
/// channels go by, tap after tap.
///
/// The weights are packed once as `[group][block][tap][input][lane]`, so that a tile reads them from front to back.
/// The tiles themselves are expanded from one template at build time: see `src/template`.
final class VectorConv implements ConvKernel {
    /// Accumulators that fit the registers beside the weights and one input.
    private static final int ACCUMULATORS = Lanes.hasManyRegisters() ? 26 : 12;

    /// The tallest tile there is.
    private static final int MOST_PIXELS = 13;

    /// Below this many output pixels threads share out channels, so that each reads its own part of the weights.
    private static final int FEW_PIXELS = 128;

    /// A tile on this many channels takes less than a microsecond when compiled, and many when not; it lets the JIT's
    /// counters pass their thresholds with the fewest operations in all.
    private static final int WARM_UP_DEPTH = 24;

    private static final long WARM_NANOS = 6_000;

    private final ConvShape shape;
    private final int vectors;
    private final int blocks;
    private final int[] reads;
    private final boolean unitsAreBlocks;
    private final float[] packed;
    private final float[] packedBias;
    /// Where the window of each output pixel starts, and where its channels go.
    private final int[] inputs;
    private final int[] outputs;
    /// Where each pixel's channels go in an array beside that holds a tile.
    private final int[] asideOutputs;
    /// The first pixel of each tile; pixels are spread evenly, so that nearly all tiles are full.
    private final int[] tiles;
    private final Scratch scratch;

    VectorConv(ConvShape shape, float[] kernel, float[] bias) {
        this.shape = shape;
        int pixels = shape.out().shape().pixels();
        this.vectors = vectors(pixels, shape.groupOutputs());
        this.reads = reads(shape);
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
        int count = Math.ceilDiv(pixels, mostPixels());
        this.tiles = new int[count + 1];
        for (int t = 0; t <= count; t++) {
            tiles[t] = (int) ((long) pixels * t / count);
        }
        this.asideOutputs = new int[pixels];
        for (int t = 0; t < count; t++) {
            for (int p = tiles[t]; p < tiles[t + 1]; p++) {
                asideOutputs[p] = (p - tiles[t]) * blockWidth();
            }
        }
        this.scratch = new Scratch(ACCUMULATORS * Lanes.COUNT);
        this.unitsAreBlocks = pixels < FEW_PIXELS && blocks * shape.groups() > 1;
    }

    /// The offset of every value that an output channel sees, in the order of the kernel's rows.
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

    /// One pixel needs several vectors in flight to hide the latency of an addition; few channels fill only one.
    private static int vectors(int pixels, int channels) {
        if (channels <= Lanes.COUNT) {
            return 1;
        }
        return pixels == 1 && channels > 2 * Lanes.COUNT ? 4 : 2;
    }

    private int mostPixels() {
        return Math.min(ACCUMULATORS / vectors, MOST_PIXELS);
    }

    private int blockWidth() {
        return vectors * Lanes.COUNT;
    }

    /// Every block has the same place, also the last, which may be narrower.
    private float[] pack(float[] kernel) {
        int rows = reads.length;
        var target = new float[shape.groups() * blocks * rows * blockWidth()];
        for (int index = 0; index < shape.groups() * blocks; index++) {
            int first = index % blocks * blockWidth();
            int lanes = Math.min(blockWidth(), shape.groupOutputs() - first);
            int source = index / blocks * shape.groupOutputs() + first;
            int at = index * rows * blockWidth();
            for (int row = 0; row < rows; row++) {
                System.arraycopy(kernel, row * shape.out().shape().channels() + source, target, at, lanes);
                at += vectors(index) * Lanes.COUNT;
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

    /// One unit is a tile of pixels, or a block of channels where there are few pixels.
    @Override
    public int units() {
        return unitsAreBlocks ? blocks * shape.groups() : tiles.length - 1;
    }

    @Override
    public void run(float[] memory, int from, int to) {
        if (unitsAreBlocks) {
            for (int block = from; block < to; block++) {
                block(memory, block, 0, tiles.length - 1);
            }
        } else {
            for (int block = 0; block < blocks * shape.groups(); block++) {
                block(memory, block, from, to);
            }
        }
    }

    /// Block `index`, counted over all groups, for the tiles from `from` to `to`.
    private void block(float[] memory, int index, int from, int to) {
        int out = index / blocks * shape.groupOutputs() + index % blocks * blockWidth();
        int channels = Math.min(shape.groupOutputs() - index % blocks * blockWidth(), blockWidth());
        if (hasRoom(out, channels, vectors(index))) {
            for (int tile = from; tile < to; tile++) {
                tile(memory, index, tile, reads.length, memory, outputs, out);
            }
            return;
        }
        // Tiles store whole vectors: where these would reach too far they go to an array beside, and are copied.
        var aside = scratch.take();
        for (int tile = from; tile < to; tile++) {
            tile(memory, index, tile, reads.length, aside, asideOutputs, 0);
            for (int p = tiles[tile]; p < tiles[tile + 1]; p++) {
                System.arraycopy(aside, asideOutputs[p], memory, outputs[p] + out, channels);
            }
        }
        scratch.give(aside);
    }

    private boolean hasRoom(int out, int channels, int blockVectors) {
        int end = out + blockVectors * Lanes.COUNT;
        return channels == blockVectors * Lanes.COUNT
                || (shape.groups() == 1 && end <= shape.out().room());
    }

    /// The last block of a group needs as many vectors as its channels fill.
    private int vectors(int index) {
        int first = index % blocks * blockWidth();
        int needed = Math.ceilDiv(shape.groupOutputs() - first, Lanes.COUNT);
        return needed >= vectors || needed == 3 ? vectors : needed;
    }

    private void tile(float[] memory, int index, int tile, int channels, float[] target, int[] places, int out) {
        int pixels = tiles[tile + 1] - tiles[tile];
        int first = tiles[tile];
        int in = index / blocks * shape.groupInputs();
        int at = index * reads.length * blockWidth();
        int bias = index * blockWidth();
        if (shape.window().taps() == 1) {
            Tiles.run(
                    vectors(index),
                    pixels,
                    memory,
                    inputs,
                    first,
                    in,
                    packed,
                    at,
                    channels,
                    packedBias,
                    bias,
                    target,
                    places,
                    out,
                    shape.clamp());
        } else {
            Tiles.runTaps(
                    vectors(index),
                    pixels,
                    memory,
                    inputs,
                    first,
                    in,
                    reads,
                    packed,
                    at,
                    channels,
                    packedBias,
                    bias,
                    target,
                    places,
                    out,
                    shape.clamp());
        }
    }

    /// The first and the last tile differ in height, the first and the last block in width.
    @Override
    public boolean warmUp(float[] memory, Warmth warmth) {
        int last = tiles.length - 2;
        int few = Math.min(reads.length, WARM_UP_DEPTH);
        var aside = scratch.take();
        boolean isWarm = warmth.reach(WARM_NANOS, () -> tile(memory, 0, 0, few, aside, asideOutputs, 0))
                && warmth.reach(WARM_NANOS, () -> tile(memory, 0, last, few, aside, asideOutputs, 0))
                && warmth.reach(WARM_NANOS, () -> tile(memory, blocks - 1, 0, few, aside, asideOutputs, 0))
                && warmth.reach(WARM_NANOS, () -> tile(memory, blocks - 1, last, few, aside, asideOutputs, 0));
        scratch.give(aside);
        return isWarm;
    }
}
