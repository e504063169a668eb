package org.mobilenet4j.machine.recipe.train;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.mobilenet4j.machine.GuardedMemory;

/// Floats that end, or begin, at a forbidden page, and what they were before a routine ran.
final class GuardedFloats {
    private final MemorySegment memory;
    private final float[] before;

    private GuardedFloats(MemorySegment memory, float[] before) {
        this.memory = memory;
        this.before = before;
    }

    /// Random floats of both signs, some of them zero.
    static GuardedFloats random(int floats, Random random, Arena arena) {
        return random(floats, false, random, arena);
    }

    /// Random floats, some of them zero.
    static GuardedFloats random(int floats, boolean isPositive, Random random, Arena arena) {
        long bytes = (long) Float.BYTES * floats;
        var memory = random.nextBoolean() ? GuardedMemory.before(bytes, arena) : GuardedMemory.behind(bytes, arena);
        var values = new float[floats];
        for (int i = 0; i < floats; i++) {
            float zero = random.nextBoolean() && !isPositive ? -0f : 0f;
            values[i] = random.nextInt(16) == 0 ? zero : random.nextFloat() * 4 - (isPositive ? 0 : 2);
        }
        MemorySegment.copy(values, 0, memory, JAVA_FLOAT, 0, floats);
        return new GuardedFloats(memory, values);
    }

    /// What routines see.
    MemorySegment memory() {
        return memory;
    }

    /// Puts a value to a place before a routine runs.
    void set(int index, float value) {
        before[index] = value;
        memory.setAtIndex(JAVA_FLOAT, index, value);
    }

    /// What was in it.
    float[] before() {
        return before;
    }

    /// What is in it now.
    float[] now() {
        return memory.toArray(JAVA_FLOAT);
    }
}
