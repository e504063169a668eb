package org.mobilenet4j.machine.recipe.integer;

import static org.mobilenet4j.machine.x64.Gpr.R12;
import static org.mobilenet4j.machine.x64.Gpr.R13;
import static org.mobilenet4j.machine.x64.Gpr.R9;
import static org.mobilenet4j.machine.x64.Gpr.RDX;
import static org.mobilenet4j.machine.x64.instruction.Alu.ADD;
import static org.mobilenet4j.machine.x64.instruction.Unary.VMOVUPS;

import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.recipe.PanelTile;
import org.mobilenet4j.machine.x64.Mem;
import org.mobilenet4j.machine.x64.Vector;
import org.mobilenet4j.machine.x64.X64Assembler;
import org.mobilenet4j.machine.x64.instruction.Width;

/// One tile of a convolution of bytes: some pixels by one panel of outputs, whose sums stay in
/// registers. R12 and R13 are the inputs and outputs of the pixel that tiles count from; RSI and RDX
/// are the panel's weights and parameters; R9 is how far behind the weights those lie that are to be
/// fetched, and becomes 0. RAX, R10, R11, R14 and R15 are overwritten.
final class ByteTile implements PanelTile {
    /// Vectors a panel, if there are as many outputs.
    private static final int VECTORS = 4;

    /// Pixels that are not worth fetching the next panel's weights ahead for.
    private static final int FEW_PIXELS = 2;

    /// Pixels beyond which code gets long and nothing faster.
    private static final int MOST_PIXELS = 14;

    /// Tiles that are written one after the other, for rows that do not fill whole tiles.
    private static final int STRAIGHT_TILES = 4;

    /// The share of time that is worth longer code.
    private static final double WORTH = 0.02;

    /// What a tile takes beside its sums, in sums: reading weights, the last sums' wait.
    private static final double TILE_COST = 4;

    private final X64Assembler a;
    private final ConvShape shape;
    private final Isa isa;
    private final int panel;
    private final boolean hasRests;
    private final boolean isPrefetching;
    private final WindowSteps steps;
    private final ChannelParameters parameters;
    private final RequantizeCode requantize;

    ByteTile(X64Assembler a, ByteConv conv, boolean hasRests, Isa isa) {
        this.a = a;
        this.shape = conv.shape();
        this.isa = isa;
        this.panel = vectors(shape, isa);
        this.hasRests = hasRests;
        this.steps = WindowSteps.of(shape);
        this.parameters = parameters(shape, isa);
        this.isPrefetching = shape.groups() == 1
                && shape.groupOutputs() > parameters.columns()
                && shape.out().shape().pixels() > FEW_PIXELS;
        this.requantize = new RequantizeCode(a, isa, conv.rescaling(), conv.zeroOut(), parameters, RDX, true);
    }

    /// Vectors a panel.
    static int vectors(ConvShape shape, Isa isa) {
        return Math.min(VECTORS, Math.ceilDiv(shape.groupOutputs(), isa.width().floats()));
    }

    static ChannelParameters parameters(ConvShape shape, Isa isa) {
        int lanes = isa.width().floats();
        return new ChannelParameters(vectors(shape, isa) * lanes, lanes);
    }

    /// Bytes from one output row's inputs to the next one's.
    static int inRow(ConvShape shape) {
        return Math.multiplyExact(shape.window().strideRows(), shape.in().rowStride());
    }

    static int outRow(ConvShape shape) {
        return shape.out().rowStride();
    }

    /// Whether R9 is used.
    boolean isPrefetching() {
        return isPrefetching;
    }

    /// Writes what belongs behind the routine.
    void finish() {
        requantize.finish();
    }

    /// How many pixels' sums fit, beside what products and requantizing take.
    @Override
    public int mostPixels(int outputs) {
        int vectors = vectorsOf(outputs);
        return Math.min(MOST_PIXELS, (isa.registers() - vectors - RequantizeCode.SPARES) / vectors);
    }

    private int vectorsOf(int outputs) {
        return Math.ceilDiv(outputs, isa.width().floats());
    }

    /// How many rows to spread over tiles together: as few as are worth it.
    @Override
    public int bestRows(int outputs) {
        int most = mostPixels(outputs);
        int best = 1;
        for (int rows = 2; rows <= shape.out().shape().height() && tiles(rows, most) <= STRAIGHT_TILES; rows++) {
            if (time(rows, most) < time(best, most) * (1 - WORTH)) {
                best = rows;
            }
        }
        return best;
    }

    private int tiles(int rows, int most) {
        return Math.ceilDiv(rows * shape.out().shape().width(), most);
    }

    /// How long all takes, roughly, in sums.
    private double time(int rows, int most) {
        int height = shape.out().shape().height();
        int count = height / rows * tiles(rows, most) + (height % rows > 0 ? tiles(height % rows, most) : 0);
        return shape.out().shape().pixels() * (double) panel + TILE_COST * count;
    }

    /// Moves R12 and R13.
    @Override
    public void moveBy(int rows, int pixels) {
        a.emit(ADD, R12, Math.addExact(Math.multiplyExact(rows, inRow(shape)), Math.multiplyExact(pixels, inPixel())));
        a.emit(
                ADD,
                R13,
                Math.addExact(
                        Math.multiplyExact(rows, outRow(shape)),
                        Math.multiplyExact(pixels, shape.out().pixelStride())));
    }

    private int inPixel() {
        return Math.multiplyExact(shape.window().strideColumns(), shape.in().pixelStride());
    }

    /// Bytes from R12 to the window of a pixel, counted through rows.
    private int inputs(int pixel) {
        int width = shape.out().shape().width();
        return Math.addExact(
                Math.multiplyExact(pixel / width, inRow(shape)), Math.multiplyExact(pixel % width, inPixel()));
    }

    private int outputs(int pixel) {
        int width = shape.out().shape().width();
        return Math.addExact(
                Math.multiplyExact(pixel / width, outRow(shape)),
                Math.multiplyExact(pixel % width, shape.out().pixelStride()));
    }

    /// Writes it.
    ///
    /// @param first   pixel, counted through rows
    /// @param outputs how many of the panel's there are
    @Override
    public void emit(int first, int pixels, int outputs) {
        int vectors = vectorsOf(outputs);
        Width last = ByteLanes.width(4 * (outputs - (vectors - 1) * isa.width().floats()));
        Width width = vectors == 1 ? last : isa.width();
        var distances = new int[pixels];
        for (int pixel = 0; pixel < pixels; pixel++) {
            distances[pixel] = inputs(first + pixel);
        }
        for (int sum = 0; sum < pixels * vectors; sum++) {
            int place = parameters.bias() + sum % vectors * isa.width().bytes();
            a.emit(VMOVUPS, Vector.of(sum, width), Mem.at(RDX, place));
        }
        var products = new ProductSteps(a, isa, shape, steps, isPrefetching, panel, vectors, width, last, distances);
        products.emit();
        if (hasRests) {
            products.emitRests(parameters.extra());
        }
        if (isPrefetching) {
            a.mov(R9, 0);
        }
        var lanes = new ByteLanes(a, isa, outputs);
        lanes.prepare();
        requantize.begin(width);
        for (int pixel = 0; pixel < pixels; pixel++) {
            requantize.emit(pixel * vectors, vectors, width, 0, Mem.at(R13, outputs(first + pixel)), lanes);
        }
    }
}
