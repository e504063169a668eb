package org.mobilenet4j.machine.recipe.a64;

import static org.mobilenet4j.machine.a64.Register.X0;
import static org.mobilenet4j.machine.a64.Register.X1;
import static org.mobilenet4j.machine.a64.Register.X19;
import static org.mobilenet4j.machine.a64.Register.X2;
import static org.mobilenet4j.machine.a64.Register.X20;
import static org.mobilenet4j.machine.a64.Register.X21;
import static org.mobilenet4j.machine.a64.Register.X22;
import static org.mobilenet4j.machine.a64.Register.X3;
import static org.mobilenet4j.machine.a64.Register.X30;
import static org.mobilenet4j.machine.a64.Register.X4;
import static org.mobilenet4j.machine.a64.Register.X5;
import static org.mobilenet4j.machine.a64.instruction.Alu.SUBS;

import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.machine.a64.A64Assembler;
import org.mobilenet4j.machine.a64.Condition;
import org.mobilenet4j.machine.a64.Label;
import org.mobilenet4j.machine.a64.Register;
import org.mobilenet4j.machine.recipe.Corner;

/// The frame of a routine that computes the part of a map between two corners: goes from block to block, and has
/// a [Body] written for whole blocks and another for the last one, which may have fewer channels.
///
/// X0 to X3 are the addresses of inputs, weights, biases and outputs, and move on with the blocks. They, X19, X21 and
/// X22 are the frame's; the body may overwrite all else, but for X20 if it wants it.
///
/// @param input   bytes that X0 moves on by
/// @param weights bytes that X1 moves on by
/// @param bias    bytes that X2 moves on by
/// @param output  bytes that X3 moves on by
record Blocks(int input, int weights, int bias, int output) {
    /// How many rows there are to do, at least one; the first of them.
    static final Register ROWS = X19, FIRST_ROW = X20;
    private static final Register BLOCK = X21, END = X22;

    /// What is done with each block.
    interface Body {
        /// Writes code for [#ROWS] rows of a block, from the first one on, that keeps the frame's registers.
        void emit(int channels);
    }

    /// Moves the addresses of inputs and outputs on to the first row.
    ///
    /// @param in     from X0 to the inputs of the map's first row
    /// @param inRow  bytes to those of the next row
    /// @param out    from X3 to the outputs of the map's first row
    /// @param outRow bytes to those of the next row
    static void toFirstRow(A64Assembler a, long in, int inRow, long out, int outRow) {
        a.ubfx(FIRST_ROW, X4, 0, Corner.BLOCK_SHIFT);
        a.add(X0, X0, in, X30);
        advance(a, X0, FIRST_ROW, inRow);
        a.add(X3, X3, out, X30);
        advance(a, X3, FIRST_ROW, outRow);
    }

    /// The same for the windows of a convolution, in maps with so many bytes a place.
    static void toFirstRow(A64Assembler a, ConvShape shape, int placeBytes) {
        toFirstRow(
                a,
                (long) placeBytes * shape.windowAt(0, 0),
                Math.multiplyExact(
                        placeBytes * shape.window().strideRows(), shape.in().rowStride()),
                (long) placeBytes * shape.out().offset(),
                Math.multiplyExact(placeBytes, shape.out().rowStride()));
    }

    /// Adds so many times the bytes; X30 is overwritten.
    static void advance(A64Assembler a, Register address, Register times, int bytes) {
        if (bytes != 0) {
            a.mov(X30, bytes);
            a.madd(address, times, X30, address);
        }
    }

    /// Writes the loop over blocks.
    ///
    /// @param channels of all blocks
    /// @param block    channels a block
    void emit(A64Assembler a, int channels, int block, Body body) {
        Label end = a.label();
        corners(a, end);
        int full = channels / block;
        int rest = channels % block;
        Label last = a.label();
        Label next = a.here();
        a.cmp(BLOCK, END);
        a.b(Condition.HS, end);
        if (full > 0) {
            if (rest != 0) {
                a.mov(X30, full);
                a.cmp(BLOCK, X30);
                a.b(Condition.EQ, last);
            }
            body.emit(block);
            a.add(X0, X0, input, X30);
            a.add(X1, X1, weights, X30);
            a.add(X2, X2, bias, X30);
            a.add(X3, X3, output, X30);
            a.add(BLOCK, BLOCK, 1, X30);
            a.b(next);
        }
        a.bind(last);
        if (rest != 0) {
            body.emit(rest);
        }
        a.bind(end);
    }

    private void corners(A64Assembler a, Label end) {
        a.ubfx(FIRST_ROW, X4, 0, Corner.BLOCK_SHIFT);
        a.ubfx(ROWS, X5, 0, Corner.BLOCK_SHIFT);
        a.emit(SUBS, ROWS, ROWS, FIRST_ROW);
        a.b(Condition.LE, end);
        a.lsr(BLOCK, X4, Corner.BLOCK_SHIFT);
        a.lsr(END, X5, Corner.BLOCK_SHIFT);
        advance(a, X0, BLOCK, input);
        advance(a, X1, BLOCK, weights);
        advance(a, X2, BLOCK, bias);
        advance(a, X3, BLOCK, output);
    }
}
