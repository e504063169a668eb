package org.mobilenet4j.machine.recipe.train;

import static org.mobilenet4j.machine.x64.Gpr.R12;
import static org.mobilenet4j.machine.x64.Gpr.R13;
import static org.mobilenet4j.machine.x64.Gpr.R14;
import static org.mobilenet4j.machine.x64.Gpr.R15;
import static org.mobilenet4j.machine.x64.Gpr.RAX;
import static org.mobilenet4j.machine.x64.Gpr.RBX;
import static org.mobilenet4j.machine.x64.instruction.Alu.ADD;
import static org.mobilenet4j.machine.x64.instruction.Alu.CMP;
import static org.mobilenet4j.machine.x64.instruction.Alu.SUB;
import static org.mobilenet4j.machine.x64.instruction.Move.MOV;

import java.util.List;
import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.x64.ArrayRoutine;
import org.mobilenet4j.machine.x64.CallingConvention;
import org.mobilenet4j.machine.x64.Condition;
import org.mobilenet4j.machine.x64.Gpr;
import org.mobilenet4j.machine.x64.Label;
import org.mobilenet4j.machine.x64.Mem;
import org.mobilenet4j.machine.x64.X64Assembler;

/// The frame of a pass over pixels: a few vectors of channels at a time, so that what belongs to a channel stays in
/// registers while the pixels go by. Some pixels are dealt with at once where there are few channels, so that
/// sums do not wait for each other.
///
/// A batch exceeds the caches. So where pixels are long, a few of them are done at a time, which reads memory nearly
/// in order, and what comes next is asked for ahead of its use.
///
/// Numbers 0 and 1 of the routine are bytes from one pixel to the next in maps of two kinds; 2 is the number of pixels,
/// 3 that of channels, a multiple of [org.mobilenet4j.kernel.layout.PixelStride#FLOATS].
///
/// @param arrays   all that the routine takes; each has the same channels
/// @param maps     those of them that have pixels, at most three
/// @param isSecond of each map, whether number 1, not number 0, is its pixels' distance
/// @param far      those of the maps that come from far away
record ChannelBlocks(X64Assembler a, Isa isa, int arrays, List<Gpr> maps, List<Boolean> isSecond, List<Gpr> far) {
    static final int PIXELS = 2;
    static final int CHANNELS = 3;

    /// Long pixels that are done at a time: the largest factor of an index.
    private static final int CHUNK = 8;

    /// Bytes that short pixels are asked for ahead, beyond a chunk.
    private static final int AHEAD = 1024;

    private static final int LINE = 64;
    private static final int LEFT = 0;
    private static final int NOW = 8;
    private static final int LOCALS = 16;

    private static final List<Gpr> PLACES = List.of(R12, R13, R14);

    /// What is done with a block: so many vectors of channels, so many pixels at once.
    interface Body {
        /// Reads what belongs to the channels.
        void begin(Block block);

        /// Does one pixel, the maps of which are at [Block#at].
        void pixel(Block block, int index);

        /// Writes what has been summed.
        void end(Block block);
    }

    /// @param vectors of channels
    /// @param pixels at once
    record Block(List<Gpr> maps, int vectors, int pixels, int vectorBytes) {
        /// The vector of the current pixel's channels.
        Mem at(Gpr map, int vector) {
            return Mem.at(PLACES.get(maps.indexOf(map)), vector * vectorBytes);
        }
    }

    void emit(CallingConvention convention, String name, BodyFactory factory) {
        ArrayRoutine routine = ArrayRoutine.begin(a, convention, name, arrays, LOCALS);
        a.emit(MOV, RBX, routine.number(0));
        a.emit(MOV, R15, routine.number(1));
        Body body = factory.create(routine);
        Mem pixels = routine.number(PIXELS);
        Label end = a.label();
        Label again = a.here();
        a.emit(MOV, R12, pixels);
        a.emit(CMP, R12, 0);
        a.jcc(Condition.LESS_EQUAL, end);
        // All of the pixels, or a chunk where they are long and there are more.
        a.mov(RAX, CHUNK);
        a.emit(CMP, R12, RAX);
        a.cmov(Condition.LESS, RAX, R12);
        a.emit(MOV, R13, routine.number(CHANNELS));
        a.emit(CMP, R13, channels(mostVectors()));
        a.cmov(Condition.LESS_EQUAL, RAX, R12);
        a.store(routine.local(NOW), RAX, 8);
        a.emit(SUB, pixels, RAX);
        a.store(routine.local(LEFT), R13, 8);
        chunk(routine, body);
        a.emit(MOV, R12, routine.number(CHANNELS));
        a.imul(R12, R12, Float.BYTES);
        for (int i = 0; i < arrays; i++) {
            a.emit(SUB, ArrayRoutine.ARRAYS.get(i), R12);
        }
        for (int i = 0; i < maps.size(); i++) {
            a.lea(maps.get(i), Mem.at(maps.get(i), step(i), CHUNK, 0));
        }
        a.jmp(again);
        a.bind(end);
        routine.end();
    }

    private int mostVectors() {
        return isa.registers() == 32 ? 4 : 1;
    }

    private int channels(int vectors) {
        return vectors * isa.width().floats();
    }

    private Gpr step(int map) {
        return isSecond.get(map) ? R15 : RBX;
    }

    /// All channels of some pixels.
    private void chunk(ArrayRoutine routine, Body body) {
        Mem left = routine.local(LEFT);
        int atOnce = isa.registers() == 32 ? 4 : 2;
        for (int vectors = mostVectors(); vectors > 0; vectors /= 2) {
            Label end = a.label();
            Label again = a.here();
            a.emit(CMP, left, channels(vectors));
            a.jcc(Condition.LESS, end);
            block(
                    routine,
                    body,
                    new Block(maps, vectors, atOnce / vectors, isa.width().bytes()));
            for (int i = 0; i < arrays; i++) {
                a.emit(ADD, ArrayRoutine.ARRAYS.get(i), Float.BYTES * channels(vectors));
            }
            a.emit(SUB, left, channels(vectors));
            a.jmp(again);
            a.bind(end);
        }
    }

    /// Makes a body for a routine that has begun.
    interface BodyFactory {
        Body create(ArrayRoutine routine);
    }

    private void block(ArrayRoutine routine, Body body, Block block) {
        for (int i = 0; i < maps.size(); i++) {
            a.emit(MOV, PLACES.get(i), maps.get(i));
        }
        body.begin(block);
        a.emit(MOV, RAX, routine.local(NOW));
        Label rest = a.label();
        Label end = a.label();
        if (block.pixels > 1) {
            a.emit(SUB, RAX, block.pixels);
            a.jcc(Condition.LESS, rest);
            a.align(32);
            Label again = a.here();
            for (int pixel = 0; pixel < block.pixels; pixel++) {
                pixel(body, block, pixel);
            }
            a.emit(SUB, RAX, block.pixels);
            a.jcc(Condition.GREATER_EQUAL, again);
            a.bind(rest);
            a.emit(ADD, RAX, block.pixels);
            a.jcc(Condition.EQUAL, end);
        }
        a.align(32);
        Label again = a.here();
        pixel(body, block, 0);
        a.dec(RAX);
        a.jcc(Condition.NOT_EQUAL, again);
        a.bind(end);
        body.end(block);
    }

    private void pixel(Body body, Block block, int index) {
        for (int i = 0; i < maps.size(); i++) {
            for (int at = 0; far.contains(maps.get(i)) && at < block.vectors * block.vectorBytes; at += LINE) {
                a.prefetcht0(Mem.at(PLACES.get(i), step(i), CHUNK, at + (block.vectors == mostVectors() ? 0 : AHEAD)));
            }
        }
        body.pixel(block, index);
        for (int i = 0; i < maps.size(); i++) {
            a.emit(ADD, PLACES.get(i), step(i));
        }
    }
}
