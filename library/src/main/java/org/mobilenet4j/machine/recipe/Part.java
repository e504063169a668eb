package org.mobilenet4j.machine.recipe;

import static org.mobilenet4j.machine.x64.Gpr.R10;
import static org.mobilenet4j.machine.x64.Gpr.R8;
import static org.mobilenet4j.machine.x64.Gpr.R9;
import static org.mobilenet4j.machine.x64.Gpr.RAX;
import static org.mobilenet4j.machine.x64.Gpr.RCX;
import static org.mobilenet4j.machine.x64.Gpr.RDI;
import static org.mobilenet4j.machine.x64.Gpr.RDX;
import static org.mobilenet4j.machine.x64.Gpr.RSI;
import static org.mobilenet4j.machine.x64.instruction.Alu.ADD;
import static org.mobilenet4j.machine.x64.instruction.Alu.CMP;
import static org.mobilenet4j.machine.x64.instruction.Alu.SUB;
import static org.mobilenet4j.machine.x64.instruction.BitShift.SHR;
import static org.mobilenet4j.machine.x64.instruction.Move.MOV32;

import org.mobilenet4j.machine.x64.Condition;
import org.mobilenet4j.machine.x64.Gpr;
import org.mobilenet4j.machine.x64.Label;
import org.mobilenet4j.machine.x64.Mem;
import org.mobilenet4j.machine.x64.Routine;
import org.mobilenet4j.machine.x64.X64Assembler;

/// The frame of a routine that computes the part of a map between two corners: goes from block to block, and has
/// a [Body] written for whole blocks and another for the last one, which may have fewer channels.
///
/// RDI, RSI, RDX and RCX are the addresses of inputs, weights, biases and outputs, and move on with the blocks. They,
/// R8 and the first locals are the frame's; the body may overwrite all else.
///
/// @param input   bytes that RDI moves on by
/// @param weights bytes that RSI moves on by
/// @param bias    bytes that RDX moves on by
/// @param output  bytes that RCX moves on by
public record Part(int input, int weights, int bias, int output) {
    /// Bytes of the stack that the frame takes.
    public static final int LOCALS = 24;

    private static final int END = 0;
    private static final int ROWS = 8;
    private static final int FIRST_ROW = 16;

    /// What is done with each block.
    public interface Body {
        /// Writes code for [#rows] rows of a block, from the first one on, that keeps the frame's registers.
        void emit(int channels);
    }

    /// How many rows there are to do: at least one.
    public static Mem rows(Routine routine) {
        return routine.local(ROWS);
    }

    /// The first row to do.
    public static Mem firstRow(Routine routine) {
        return routine.local(FIRST_ROW);
    }

    /// Moves the addresses of inputs and outputs on to the first row.
    ///
    /// @param in        from RDI to the inputs of the map's first row
    /// @param inRow     bytes to those of the next row
    /// @param out       from RCX to the outputs of the map's first row
    /// @param outRow    bytes to those of the next row
    public static void toFirstRow(X64Assembler a, long in, int inRow, long out, int outRow) {
        a.emit(MOV32, R10, R8);
        move(a, RDI, in);
        advance(a, RDI, R10, inRow);
        move(a, RCX, out);
        advance(a, RCX, R10, outRow);
    }

    private static void move(X64Assembler a, Gpr address, long bytes) {
        a.mov(RAX, bytes);
        a.emit(ADD, address, RAX);
    }

    private static void advance(X64Assembler a, Gpr address, Gpr times, int bytes) {
        a.imul(RAX, times, bytes);
        a.emit(ADD, address, RAX);
    }

    /// Writes the loop over blocks.
    ///
    /// @param channels of all blocks
    /// @param block    channels a block
    public void emit(X64Assembler a, Routine routine, int channels, int block, Body body) {
        Label end = a.label();
        corners(a, routine, end);
        int full = channels / block;
        int rest = channels % block;
        if (full > 0) {
            Label last = a.label();
            Label next = a.here();
            a.emit(CMP, R8, routine.local(END));
            a.jcc(Condition.ABOVE_EQUAL, end);
            if (rest != 0) {
                a.emit(CMP, R8, full);
                a.jcc(Condition.EQUAL, last);
            }
            body.emit(block);
            a.emit(ADD, RDI, input);
            a.emit(ADD, RSI, weights);
            a.emit(ADD, RDX, bias);
            a.emit(ADD, RCX, output);
            a.inc(R8);
            a.jmp(next);
            if (rest != 0) {
                a.bind(last);
            }
        } else {
            a.emit(CMP, R8, routine.local(END));
            a.jcc(Condition.ABOVE_EQUAL, end);
        }
        if (rest != 0) {
            body.emit(rest);
        }
        a.bind(end);
    }

    private void corners(X64Assembler a, Routine routine, Label end) {
        a.emit(MOV32, R10, R8);
        a.emit(MOV32, RAX, R9);
        a.emit(SUB, RAX, R10);
        a.jcc(Condition.LESS_EQUAL, end);
        a.store(routine.local(ROWS), RAX, 8);
        a.store(routine.local(FIRST_ROW), R10, 8);
        a.emit(SHR, R9, Corner.BLOCK_SHIFT);
        a.store(routine.local(END), R9, 8);
        a.emit(SHR, R8, Corner.BLOCK_SHIFT);
        advance(a, RDI, R8, input);
        advance(a, RSI, R8, weights);
        advance(a, RDX, R8, bias);
        advance(a, RCX, R8, output);
    }
}
