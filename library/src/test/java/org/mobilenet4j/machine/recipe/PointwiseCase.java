package org.mobilenet4j.machine.recipe;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.mobilenet4j.machine.GuardedMemory;
import org.mobilenet4j.machine.Isa;

/// A pointwise product's memory, between forbidden pages, with random contents, and what plain loops make of it.
final class PointwiseCase {
    private static final float PATTERN = -12345f;

    final PointwiseShape shape;
    final int columns;
    final int panels;
    final MemorySegment in;
    final MemorySegment weights;
    final int rows;
    final MemorySegment out;

    PointwiseCase(PointwiseShape shape, int rows, Isa isa, long seed, Arena arena) {
        this.shape = shape;
        this.rows = rows;
        columns = PointwiseProduct.columns(isa);
        panels = Math.ceilDiv(shape.outputs(), columns);
        var random = new Random(seed);
        int inFloats = (rows - 1) * shape.inRow() / 4 + (shape.width() - 1) * shape.inStride() / 4 + shape.inputs();
        int outFloats = (rows - 1) * shape.outRow() / 4 + (shape.width() - 1) * shape.outStride() / 4 + shape.outputs();
        in = random(inFloats, random, arena);
        weights = random(panels * (1 + shape.inputs()) * columns, random, arena);
        out = GuardedMemory.before(4L * outFloats, arena);
        for (int i = 0; i < outFloats; i++) {
            out.setAtIndex(JAVA_FLOAT, i, PATTERN);
        }
    }

    private static MemorySegment random(int floats, Random random, Arena arena) {
        MemorySegment memory = GuardedMemory.before(4L * floats, arena);
        for (int i = 0; i < floats; i++) {
            memory.setAtIndex(JAVA_FLOAT, i, random.nextFloat() * 2 - 1);
        }
        return memory;
    }

    /// All that the output's memory is to hold, gaps included, when the panels `from` to `to` are computed.
    float[] wanted(int from, int to) {
        float[] wanted = out.toArray(JAVA_FLOAT);
        float[] inputs = in.toArray(JAVA_FLOAT);
        float[] packed = weights.toArray(JAVA_FLOAT);
        for (int p = 0; p < rows * shape.width(); p++) {
            int in = p / shape.width() * shape.inRow() + p % shape.width() * shape.inStride();
            int at = p / shape.width() * shape.outRow() + p % shape.width() * shape.outStride();
            for (int n = from * columns; n < Math.min(to * columns, shape.outputs()); n++) {
                wanted[at / 4 + n] = value(inputs, packed, in / 4, n);
            }
        }
        return wanted;
    }

    private float value(float[] inputs, float[] packed, int in, int output) {
        int panel = output / columns;
        int column = output % columns;
        int first = panel * (1 + shape.inputs()) * columns + column;
        float sum = packed[first];
        for (int k = 0; k < shape.inputs(); k++) {
            sum = Math.fma(inputs[in + k], packed[first + (1 + k) * columns], sum);
        }
        int bits = Math.min(Math.max(Float.floatToRawIntBits(sum), shape.lowBits()), shape.highBits());
        return Float.intBitsToFloat(bits);
    }
}
