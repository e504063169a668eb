package org.mobilenet4j.machine.recipe.a64;

import static org.mobilenet4j.machine.a64.Register.X30;
import static org.mobilenet4j.machine.a64.Register.X4;
import static org.mobilenet4j.machine.a64.Register.X5;
import static org.mobilenet4j.machine.a64.Vector.s4;
import static org.mobilenet4j.machine.a64.instruction.Alu.SUBS;
import static org.mobilenet4j.machine.a64.instruction.ByElement.FMLA_LANE;
import static org.mobilenet4j.machine.a64.instruction.VectorMemory.LDR_D;
import static org.mobilenet4j.machine.a64.instruction.VectorMemory.LDR_Q;
import static org.mobilenet4j.machine.a64.instruction.VectorMemory.LDR_S;
import static org.mobilenet4j.machine.a64.instruction.VectorPair.LDP_Q;

import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.a64.A64Assembler;
import org.mobilenet4j.machine.a64.Address;
import org.mobilenet4j.machine.a64.Condition;
import org.mobilenet4j.machine.a64.Frame;
import org.mobilenet4j.machine.a64.Label;
import org.mobilenet4j.machine.a64.Vector;
import org.mobilenet4j.machine.recipe.ConvRecipe;

/// A convolution in floats, as [ConvRecipe] is: the same arguments, the same order of weights in memory, and the same
/// bits. A panel has 16 output channels.
///
/// Four inputs of a pixel are read at once, and multiplied one by one with a panel's weights.
public final class NeonConv implements Blocks.Body, PixelTile.Products {
    private static final int FIRST_INPUT = 0;
    private static final Vector WEIGHTS = s4(6), MORE_WEIGHTS = s4(7);

    private final A64Assembler a;
    private final ConvShape shape;

    private NeonConv(A64Assembler assembler, ConvShape shape) {
        this.a = assembler;
        this.shape = shape;
    }

    /// Writes the routine of that name.
    public static void emit(A64Assembler a, String name, ConvShape shape) {
        Frame.begin(a, name);
        Blocks.toFirstRow(a, shape, Float.BYTES);
        var recipe = new NeonConv(a, shape);
        recipe.panels()
                .blocks(
                        shape.groups(),
                        4 * shape.groupInputs(),
                        4 * shape.groupOutputs(),
                        ConvRecipe.panels(shape, Isa.NEON))
                .emit(a, shape.out().shape().channels(), ConvRecipe.block(shape, Isa.NEON), recipe);
        Frame.end(a);
    }

    private Panels panels() {
        int bytes = 4 * ConvRecipe.columns(shape, Isa.NEON);
        return new Panels(Math.multiplyExact(bytes, shape.kernelRows()), bytes, bytes);
    }

    @Override
    public void emit(int channels) {
        panels().emit(a, shape, Float.BYTES, channels, this);
    }

    /// All input channels of a tap, four at once.
    @Override
    public int tap(PixelTile tile) {
        int inputs = shape.groupInputs();
        int fours = inputs / 4;
        if (fours > 1) {
            a.mov(X5, fours);
        }
        if (fours > 0) {
            Label next = a.here();
            steps(tile, 4);
            if (fours > 1) {
                a.emit(SUBS, X5, X5, 1);
                a.b(Condition.NE, next);
            }
        }
        for (int some = 2; some > 0; some /= 2) {
            if ((inputs & some) != 0) {
                steps(tile, some);
            }
        }
        return Math.multiplyExact(4, inputs);
    }

    @Override
    public void results(PixelTile tile) {
        new FloatResults(a, shape.clamp()).emit(tile);
    }

    /// So many input channels: 1, 2 or 4.
    private void steps(PixelTile tile, int inputs) {
        var load = inputs == 1 ? LDR_S : inputs == 2 ? LDR_D : LDR_Q;
        for (int pixel = 0; pixel < tile.pixels(); pixel++) {
            a.emit(load, s4(FIRST_INPUT + pixel), Address.after(tile.input(pixel), 4 * inputs));
        }
        for (int input = 0; input < inputs; input++) {
            for (int vector = 0; vector < tile.vectors(); vector += 2) {
                step(tile, input, vector);
            }
        }
        a.add(X4, X4, (long) inputs * PixelTile.STEP, X30);
    }

    /// One input channel, with one or two vectors of outputs.
    private void step(PixelTile tile, int input, int vector) {
        Address at = Address.at(X4, input * PixelTile.STEP + vector * Lanes.BYTES);
        boolean areTwo = vector + 1 < tile.vectors();
        if (areTwo) {
            a.emit(LDP_Q, WEIGHTS, MORE_WEIGHTS, at);
        } else {
            a.emit(LDR_Q, WEIGHTS, at);
        }
        for (int i = 0; i < (areTwo ? 2 : 1); i++) {
            for (int pixel = 0; pixel < tile.pixels(); pixel++) {
                Vector factor = s4(FIRST_INPUT + pixel);
                a.emit(FMLA_LANE, tile.sum(pixel, vector + i), s4(WEIGHTS.number() + i), factor.lane(input));
            }
        }
    }
}
