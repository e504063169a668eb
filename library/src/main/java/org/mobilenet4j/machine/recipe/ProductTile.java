package org.mobilenet4j.machine.recipe;

import static org.mobilenet4j.machine.x64.Gpr.R10;
import static org.mobilenet4j.machine.x64.Gpr.R11;
import static org.mobilenet4j.machine.x64.Gpr.R12;
import static org.mobilenet4j.machine.x64.Gpr.R13;
import static org.mobilenet4j.machine.x64.Gpr.R14;
import static org.mobilenet4j.machine.x64.Gpr.R15;
import static org.mobilenet4j.machine.x64.Gpr.R9;
import static org.mobilenet4j.machine.x64.Gpr.RAX;
import static org.mobilenet4j.machine.x64.Gpr.RDX;
import static org.mobilenet4j.machine.x64.Gpr.RSI;
import static org.mobilenet4j.machine.x64.instruction.Alu.ADD;
import static org.mobilenet4j.machine.x64.instruction.Binary.VFMADD231PS;
import static org.mobilenet4j.machine.x64.instruction.Move.MOV;
import static org.mobilenet4j.machine.x64.instruction.Unary.VBROADCASTSS;
import static org.mobilenet4j.machine.x64.instruction.Unary.VMOVUPS;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.kernel.layout.Tuning;
import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.x64.Condition;
import org.mobilenet4j.machine.x64.Gpr;
import org.mobilenet4j.machine.x64.Label;
import org.mobilenet4j.machine.x64.Mem;
import org.mobilenet4j.machine.x64.Operand;
import org.mobilenet4j.machine.x64.Vector;
import org.mobilenet4j.machine.x64.X64Assembler;
import org.mobilenet4j.machine.x64.instruction.Width;

/// One tile of a convolution: some pixels by one panel of outputs, whose sums stay in registers. R12 and R13 are the
/// inputs and outputs of the pixel that tiles count from; RSI and RDX are the panel's weights and biases. R9 and, for
/// a single tap, R14 are what to fetch ahead, and move on. RAX, R10, R11, R15 and, for several, R14 are overwritten.
///
/// A step is one input channel of one tap: its weights are read once, its inputs once for each pixel.
final class ProductTile implements PanelTile {
    /// Vectors a panel where there are many pixels, and where there are few.
    private static final int NARROW = 2, WIDE = 4;

    /// The most pixels that panels are wide for.
    private static final int FEW_PIXELS = 2;

    /// Steps that are written out; more of them are a loop.
    private static final int STRAIGHT_STEPS = 24;

    /// Tiles that are written one after the other, for rows that do not fill whole tiles.
    private static final int STRAIGHT_TILES = 8;

    /// Pixels that keep the processor busy, and what each pixel less costs, in pixels.
    private static final int ENOUGH_PIXELS = 10;

    private static final double PIXEL_WAIT = 0.3;

    /// The share of time that is worth longer code.
    private static final double WORTH = 0.02;

    /// Outputs of maps beyond the second cache, which are fetched before they are written.
    private static final int LARGE = 2 * Tuning.SECOND_CACHE;

    private final X64Assembler a;
    private final ConvShape shape;
    private final Isa isa;
    private final Width width;
    private final int registers;
    private final int panelVectors;
    private final @Nullable Ahead nextWeights;
    private final @Nullable Ahead others;
    private final boolean isOutputLarge;

    ProductTile(X64Assembler assembler, ConvShape shape, Isa isa, Prefetch prefetch) {
        this.a = assembler;
        this.shape = shape;
        this.isa = isa;
        this.width = isa.width();
        this.registers = isa.registers();
        this.panelVectors = vectors(shape);
        int tiles = Math.max(1, prefetch.rows() * shape.out().shape().width() / mostPixels());
        int rounds = shape.groupInputs();
        int panel = Math.multiplyExact(bytes(), rounds);
        boolean isOnePanel = shape.groupOutputs() <= panelVectors * width.floats();
        this.nextWeights = shape.groups() == 1 && !isOnePanel && panelVectors == NARROW
                ? new Ahead(a, R9, Math.ceilDiv(panel, tiles), rounds)
                : null;
        int panels = Math.ceilDiv(shape.groupOutputs(), panelVectors * width.floats());
        int inputs = Math.multiplyExact(prefetch.rows(), prefetch.inputRow());
        int others = prefetch.isNextLayer() ? Math.ceilDiv(panel, tiles) : Math.ceilDiv(inputs, tiles * panels);
        this.others = others > 0 && shape.window().taps() == 1 ? new Ahead(a, R14, others, rounds) : null;
        this.isOutputLarge = shape.out().shape().elements() > LARGE;
    }

    /// Vectors a panel.
    static int vectors(ConvShape shape) {
        return shape.out().shape().pixels() <= FEW_PIXELS ? WIDE : NARROW;
    }

    /// Bytes from one output row's inputs to the next one's.
    static int inRow(ConvShape shape) {
        return Math.multiplyExact(4 * shape.window().strideRows(), shape.in().rowStride());
    }

    static int outRow(ConvShape shape) {
        return Math.multiplyExact(4, shape.out().rowStride());
    }

    /// Whether R9 is used.
    boolean isPrefetching() {
        return nextWeights != null;
    }

    /// Bytes of a step's weights.
    private int bytes() {
        return panelVectors * width.bytes();
    }

    /// How many pixels' sums fit, beside a panel's weights and one input.
    @Override
    public int mostPixels(int outputs) {
        return mostPixels();
    }

    private int mostPixels() {
        return (registers - panelVectors - 1) / panelVectors;
    }

    /// How many rows to spread over tiles together: as few as are worth it.
    @Override
    public int bestRows(int outputs) {
        int best = 1;
        for (int rows = 2; rows <= shape.out().shape().height() && tiles(rows) <= STRAIGHT_TILES; rows++) {
            if (waste(rows) < waste(best) - WORTH) {
                best = rows;
            }
        }
        return best;
    }

    private int tiles(int rows) {
        return Math.ceilDiv(rows * shape.out().shape().width(), mostPixels());
    }

    /// How much longer all takes than in tiles that fill the registers, roughly.
    private double waste(int rows) {
        int height = shape.out().shape().height();
        int rest = height % rows;
        int times = height / rows;
        double wasted = times * wasted(rows) + (rest > 0 ? wasted(rest) : 0);
        return wasted / shape.out().shape().pixels();
    }

    /// In pixels. A tile of few pixels waits for its inputs and sums.
    private double wasted(int rows) {
        Spread spread = Spread.of(rows * shape.out().shape().width(), mostPixels());
        return spread.higher() * wastedBy(spread.height() + 1) + spread.lower() * wastedBy(spread.height());
    }

    private double wastedBy(int pixels) {
        return PIXEL_WAIT * Math.max(0, Math.min(mostPixels(), ENOUGH_PIXELS) - pixels);
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
                        Math.multiplyExact(4 * pixels, shape.out().pixelStride())));
    }

    private int inPixel() {
        return Math.multiplyExact(4 * shape.window().strideColumns(), shape.in().pixelStride());
    }

    /// Bytes from the inputs at R12 to those of a pixel, counted through rows.
    private int inputs(int pixel) {
        int width = shape.out().shape().width();
        return Math.addExact(
                Math.multiplyExact(pixel / width, inRow(shape)), Math.multiplyExact(pixel % width, inPixel()));
    }

    private int outputs(int pixel) {
        int width = shape.out().shape().width();
        return Math.addExact(
                Math.multiplyExact(pixel / width, outRow(shape)),
                Math.multiplyExact(pixel % width, 4 * shape.out().pixelStride()));
    }

    private Vector weights(int vector) {
        return Vector.of(registers - 1 - vector, width);
    }

    private Vector input() {
        return Vector.of(registers - 1 - panelVectors, width);
    }

    /// Writes it.
    ///
    /// @param first   pixel, counted through rows
    /// @param outputs how many of the panel's there are
    @Override
    public void emit(int first, int pixels, int outputs) {
        int vectors = Math.ceilDiv(outputs, width.floats());
        var lanes = new Lanes[vectors];
        Arrays.fill(lanes, Lanes.all(a, isa));
        lanes[vectors - 1] = new Lanes(a, isa, outputs - (vectors - 1) * width.floats(), input().number());
        for (int sum = 0; sum < pixels * vectors; sum++) {
            int vector = sum % vectors;
            Width some = lanes[vector].width();
            Operand bias = sum < vectors ? Mem.at(RDX, vector * width.bytes()) : Vector.of(vector, some);
            a.emit(VMOVUPS, Vector.of(sum, some), bias);
        }
        if (isOutputLarge) {
            for (int sum = 0; sum < pixels * vectors; sum++) {
                a.prefetchw(Mem.at(R13, Math.addExact(outputs(first + sum / vectors), sum % vectors * width.bytes())));
            }
        }
        a.emit(MOV, R10, RSI);
        new Steps(first, pixels, lanes).emit();
        store(first, pixels * vectors, lanes);
    }

    /// Stores and clamps take turns: a store takes longer than the clamp beside it.
    private void store(int first, int sums, Lanes[] lanes) {
        ClampCode clamp = ClampCode.of(shape.clamp());
        Vector lower = weights(0).as(lanes[0].width());
        Vector upper = weights(1).as(lanes[0].width());
        clamp.bounds(a, lower, upper);
        lanes[lanes.length - 1].prepare();
        for (int sum = 0; sum < sums; sum++) {
            int vector = sum % lanes.length;
            int place = Math.addExact(outputs(first + sum / lanes.length), vector * width.bytes());
            clamp.apply(a, Vector.of(sum, lanes[vector].width()), lower, upper);
            lanes[vector].store(Mem.at(R13, place), Vector.of(sum, width));
        }
    }

    /// A tile's steps: R10 goes through the weights.
    private final class Steps {
        private final int first;
        private final int pixels;
        private final Lanes[] lanes;

        Steps(int first, int pixels, Lanes[] lanes) {
            this.first = first;
            this.pixels = pixels;
            this.lanes = lanes;
        }

        void emit() {
            if (shape.window().taps() == 1) {
                channels(R12);
            } else {
                taps();
            }
        }

        private void taps() {
            int right =
                    Math.multiplyExact(4 * shape.window().dilation(), shape.in().pixelStride());
            int down =
                    Math.multiplyExact(4 * shape.window().dilation(), shape.in().rowStride());
            int width = shape.window().width();
            a.emit(MOV, R11, R12);
            a.mov(R14, shape.window().height());
            Label nextRow = a.here();
            if (width * shape.groupInputs() <= STRAIGHT_STEPS) {
                int weights = 0;
                for (int tap = 0; tap < width; tap++) {
                    for (int c = 0; c < shape.groupInputs(); c++) {
                        step(weights, Mem.at(R11, Math.addExact(Math.multiplyExact(tap, right), 4 * c)));
                        weights += bytes();
                    }
                }
                a.emit(ADD, R10, weights);
                a.emit(ADD, R11, down);
            } else {
                a.mov(R15, width);
                Label next = a.here();
                channels(R11);
                a.emit(ADD, R11, right);
                a.dec(R15);
                a.jcc(Condition.NOT_EQUAL, next);
                a.emit(ADD, R11, Math.subtractExact(down, Math.multiplyExact(width, right)));
            }
            a.dec(R14);
            a.jcc(Condition.NOT_EQUAL, nextRow);
        }

        /// All input channels of the tap at that address.
        private void channels(Gpr tap) {
            int end = Math.multiplyExact(4, shape.groupInputs());
            a.mov(RAX, -end);
            a.align(32);
            Label again = a.here();
            step(0, Mem.at(tap, RAX, 1, end));
            if (nextWeights != null) {
                nextWeights.fetch();
            }
            if (others != null) {
                others.fetch();
            }
            a.emit(ADD, R10, bytes());
            a.emit(ADD, RAX, 4);
            a.jcc(Condition.NOT_EQUAL, again);
            if (nextWeights != null) {
                nextWeights.advance();
            }
            if (others != null) {
                others.advance();
            }
        }

        private void step(int weights, Mem inputs) {
            // Where a value is used only once, it is read by what uses it.
            boolean readsWeights = pixels == 1;
            boolean readsInputs = !readsWeights && lanes.length == 1 && isa.width() == Width.ZMM;
            for (int vector = 0; !readsWeights && vector < lanes.length; vector++) {
                a.emit(VMOVUPS, weights(vector).as(lanes[vector].width()), weightsAt(weights, vector));
            }
            for (int pixel = 0; pixel < pixels; pixel++) {
                Mem at = inputs.plus(inputs(first + pixel));
                if (!readsInputs) {
                    a.emit(VBROADCASTSS, input().as(lanes[0].width()), at);
                }
                for (int vector = 0; vector < lanes.length; vector++) {
                    Width some = lanes[vector].width();
                    Vector sum = Vector.of(pixel * lanes.length + vector, some);
                    Vector factor = readsInputs ? weights(0).as(some) : input().as(some);
                    Operand other = readsInputs
                            ? at.broadcast()
                            : readsWeights
                                    ? weightsAt(weights, vector)
                                    : weights(vector).as(some);
                    a.emit(VFMADD231PS, sum, factor, other);
                }
            }
        }

        private Mem weightsAt(int step, int vector) {
            return Mem.at(R10, step + vector * width.bytes());
        }
    }
}
