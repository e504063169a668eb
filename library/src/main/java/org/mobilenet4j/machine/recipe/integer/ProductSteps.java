package org.mobilenet4j.machine.recipe.integer;

import static org.mobilenet4j.machine.x64.Gpr.R10;
import static org.mobilenet4j.machine.x64.Gpr.R11;
import static org.mobilenet4j.machine.x64.Gpr.R12;
import static org.mobilenet4j.machine.x64.Gpr.R14;
import static org.mobilenet4j.machine.x64.Gpr.R15;
import static org.mobilenet4j.machine.x64.Gpr.R9;
import static org.mobilenet4j.machine.x64.Gpr.RAX;
import static org.mobilenet4j.machine.x64.Gpr.RDX;
import static org.mobilenet4j.machine.x64.Gpr.RSI;
import static org.mobilenet4j.machine.x64.instruction.Alu.ADD;
import static org.mobilenet4j.machine.x64.instruction.Alu.CMP;
import static org.mobilenet4j.machine.x64.instruction.Binary.VANDPS;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPADDD;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPDPBUSD;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPMADDWD;
import static org.mobilenet4j.machine.x64.instruction.Move.MOV;
import static org.mobilenet4j.machine.x64.instruction.Move.MOVSXD;
import static org.mobilenet4j.machine.x64.instruction.Shift.VPSRLW;
import static org.mobilenet4j.machine.x64.instruction.Unary.VMOVUPS;
import static org.mobilenet4j.machine.x64.instruction.Unary.VPBROADCASTB;
import static org.mobilenet4j.machine.x64.instruction.Unary.VPBROADCASTD;
import static org.mobilenet4j.machine.x64.instruction.Unary.VPBROADCASTW;

import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.x64.Condition;
import org.mobilenet4j.machine.x64.Gpr;
import org.mobilenet4j.machine.x64.Label;
import org.mobilenet4j.machine.x64.Mem;
import org.mobilenet4j.machine.x64.Operand;
import org.mobilenet4j.machine.x64.Vector;
import org.mobilenet4j.machine.x64.X64Assembler;
import org.mobilenet4j.machine.x64.instruction.Width;

/// The products of a tile: sums of some pixels by some vectors of outputs, pixels outermost, in the
/// first registers. R12 is the window of the pixel that tiles count from, RSI and RDX are the panel's
/// weights and parameters, R9 is how far behind the weights those lie that are to be fetched. RAX, R10,
/// R11, R14 and R15 are overwritten.
///
/// @param last      how wide the last vector is
/// @param distances bytes from R12 to each pixel's window
@SuppressWarnings("ArrayRecordComponent") // only read here
record ProductSteps(
        X64Assembler a,
        Isa isa,
        ConvShape shape,
        WindowSteps steps,
        boolean isPrefetching,
        int panel,
        int vectors,
        Width width,
        Width last,
        int[] distances) {
    private static final int GROUP = WindowSteps.GROUP;

    /// The low bytes of words.
    private static final int LOW_BYTES = 0x00FF00FF;

    /// Bytes of a cache line.
    private static final int LINE = 64;

    /// Steps that are written out; more of them are a loop.
    private static final int STRAIGHT_STEPS = 4;

    private Width width(int vector) {
        return vector == vectors - 1 ? last : width;
    }

    private Vector weights(int vector) {
        return Vector.of(isa.registers() - 1 - vector, width);
    }

    private Vector input() {
        return Vector.of(isa.registers() - 1 - vectors, width);
    }

    private Vector product() {
        return Vector.of(isa.registers() - 2 - vectors, width);
    }

    private Vector lowBytes() {
        return Vector.of(isa.registers() - 3 - vectors, width);
    }

    /// From one vector's weights to the next one's.
    private int vectorBytes() {
        return isa.width().bytes();
    }

    /// Bytes of a step's weights.
    private int bytes() {
        return (areBytes() ? 1 : 2) * panel * vectorBytes();
    }

    private boolean areBytes() {
        return isa == Isa.AVX512_VNNI;
    }

    /// Writes all steps of the window.
    void emit() {
        if (!areBytes()) {
            a.emit(VPBROADCASTD, lowBytes(), a.constant(LOW_BYTES));
        }
        a.emit(MOV, R10, RSI);
        if (shape.window().taps() == 1) {
            run(R12);
            return;
        }
        int down = Math.multiplyExact(shape.window().dilation(), shape.in().rowStride());
        a.emit(MOV, R11, R12);
        a.mov(R14, shape.window().height());
        Label nextRow = a.here();
        row(down);
        a.dec(R14);
        a.jcc(Condition.NOT_EQUAL, nextRow);
    }

    private void row(int down) {
        int right = Math.multiplyExact(shape.window().dilation(), shape.in().pixelStride());
        int runs = steps.runs();
        if (runs == 1) {
            run(R11);
            a.emit(ADD, R11, down);
        } else if (runs * steps.steps() <= STRAIGHT_STEPS) {
            for (int run = 0; run < runs; run++) {
                straight(R11, Math.multiplyExact(run, right), run * steps.steps() * bytes());
            }
            a.emit(ADD, R10, runs * steps.steps() * bytes());
            a.emit(ADD, R11, down);
        } else {
            a.mov(R15, runs);
            Label next = a.here();
            run(R11);
            a.emit(ADD, R11, right);
            a.dec(R15);
            a.jcc(Condition.NOT_EQUAL, next);
            a.emit(ADD, R11, Math.subtractExact(down, Math.multiplyExact(runs, right)));
        }
    }

    /// The run that begins there; R10 moves on.
    private void run(Gpr begin) {
        if (steps.steps() <= STRAIGHT_STEPS) {
            straight(begin, 0, 0);
            a.emit(ADD, R10, steps.steps() * bytes());
            return;
        }
        int end = steps.groups() * GROUP;
        a.mov(RAX, -end);
        a.align(32);
        Label again = a.here();
        step(0, Mem.at(begin, RAX, 1, end), GROUP);
        a.emit(ADD, R10, bytes());
        a.emit(ADD, RAX, GROUP);
        a.jcc(Condition.NOT_EQUAL, again);
        tails(begin, 0, 0);
        if (!steps.tails().isEmpty()) {
            a.emit(ADD, R10, steps.tails().size() * bytes());
        }
    }

    private void straight(Gpr begin, int at, int weights) {
        for (int i = 0; i < steps.groups(); i++) {
            step(weights + i * bytes(), Mem.at(begin, at + i * GROUP), GROUP);
        }
        tails(begin, at, weights + steps.groups() * bytes());
    }

    private void tails(Gpr begin, int at, int weights) {
        int place = weights;
        for (WindowSteps.Tail tail : steps.tails()) {
            step(place, Mem.at(begin, at + tail.at()), tail.bytes());
            place += bytes();
        }
    }

    /// Writes the loop over steps of what is left of weights, which lie somewhere else with their
    /// inputs' distances.
    ///
    /// @param table in the panel's parameters: 32 bits from the panel's weights to the rests' weights,
    ///     32 bits to the distances, and 32 bits that say how many
    void emitRests(int table) {
        Label end = a.label();
        a.emit(MOVSXD, R11, Mem.at(RDX, table + 8));
        a.emit(CMP, R11, 0);
        a.jcc(Condition.EQUAL, end);
        a.emit(MOVSXD, R10, Mem.at(RDX, table));
        a.emit(ADD, R10, RSI);
        a.emit(MOVSXD, R14, Mem.at(RDX, table + 4));
        a.emit(ADD, R14, RSI);
        Label again = a.here();
        a.emit(MOVSXD, RAX, Mem.at(R14));
        step(0, Mem.at(R12, RAX, 1, 0), restBytes(steps));
        a.emit(ADD, R10, bytes());
        a.emit(ADD, R14, 4);
        a.dec(R11);
        a.jcc(Condition.NOT_EQUAL, again);
        a.bind(end);
    }

    /// Bytes that steps of rests read: single ones, if there are steps that read no whole group.
    static int restBytes(WindowSteps steps) {
        return steps.length() < GROUP ? 1 : GROUP;
    }

    private void step(int weights, Mem inputs, int count) {
        for (int line = 0; isPrefetching && line < bytes(); line += LINE) {
            a.prefetcht1(Mem.at(R10, R9, 1, weights + line));
        }
        products(weights, inputs, count, false);
        if (!areBytes()) {
            products(weights + panel * vectorBytes(), inputs, count, true);
        }
    }

    /// All products of a step's bytes, or of its even or odd ones, which become words.
    private void products(int weights, Mem inputs, int count, boolean areOdd) {
        // Where weights are used only once, they are read by what uses them.
        boolean readsWeights = distances.length == 1;
        for (int vector = 0; !readsWeights && vector < vectors; vector++) {
            a.emit(VMOVUPS, weights(vector).as(width(vector)), weightsAt(weights, vector));
        }
        for (int pixel = 0; pixel < distances.length; pixel++) {
            // Again and again the same bytes.
            a.emit(
                    count == GROUP ? VPBROADCASTD : count == 2 ? VPBROADCASTW : VPBROADCASTB,
                    input(),
                    inputs.plus(distances[pixel]));
            if (areOdd) {
                a.emit(VPSRLW, input(), input(), Byte.SIZE);
            } else if (!areBytes()) {
                a.emit(VANDPS, input(), input(), lowBytes());
            }
            for (int vector = 0; vector < vectors; vector++) {
                Vector sum = Vector.of(pixel * vectors + vector, width(vector));
                multiply(
                        sum,
                        readsWeights
                                ? weightsAt(weights, vector)
                                : weights(vector).as(width(vector)));
            }
        }
    }

    private Mem weightsAt(int step, int vector) {
        return Mem.at(R10, step + vector * vectorBytes());
    }

    private void multiply(Vector sum, Operand weights) {
        if (areBytes()) {
            a.emit(VPDPBUSD, sum, input().as(sum.width()), weights);
        } else {
            Vector product = product().as(sum.width());
            a.emit(VPMADDWD, product, input().as(sum.width()), weights);
            a.emit(VPADDD, sum, sum, product);
        }
    }
}
