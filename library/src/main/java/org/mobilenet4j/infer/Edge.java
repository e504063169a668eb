package org.mobilenet4j.infer;

import org.mobilenet4j.kernel.Arithmetic;
import org.mobilenet4j.kernel.QuantizeKernel;
import org.mobilenet4j.kernel.Warmth;
import org.mobilenet4j.model.ActivationQuantization;

/// How values cross the edge of a plan: between a caller's floats and the plan's memory.
sealed interface Edge {
    /// Brings `count` values of an image into memory.
    void enter(float[] source, int from, float[] memory, int at, int count);

    /// Brings `count` results out of memory.
    void leave(float[] memory, int at, float[] target, int to, int count);

    /// The same on vectors.
    default Edge withVectors() {
        return this;
    }

    /// As [org.mobilenet4j.kernel.Kernel#warmUp].
    default boolean warmUp(float[] memory, Warmth warmth) {
        return true;
    }

    /// As they are.
    record Floats() implements Edge {
        @Override
        public void enter(float[] source, int from, float[] memory, int at, int count) {
            System.arraycopy(source, from, memory, at, count);
        }

        @Override
        public void leave(float[] memory, int at, float[] target, int to, int count) {
            System.arraycopy(memory, at, target, to, count);
        }
    }

    /// Stored as whole numbers less the zero point.
    record Integers(ActivationQuantization map, QuantizeKernel quantize) implements Edge {
        static Integers of(ActivationQuantization map, Arithmetic arithmetic) {
            return new Integers(map, QuantizeKernel.create(arithmetic, map.scale(), map.low(), map.high()));
        }

        @Override
        public Edge withVectors() {
            return of(map, Arithmetic.VECTOR);
        }

        @Override
        public boolean warmUp(float[] memory, Warmth warmth) {
            return quantize.warmUp(memory, warmth);
        }

        @Override
        public void enter(float[] source, int from, float[] memory, int at, int count) {
            quantize.run(source, from, memory, at, count);
        }

        @Override
        public void leave(float[] memory, int at, float[] target, int to, int count) {
            for (int i = 0; i < count; i++) {
                target[to + i] = map.scale() * memory[at + i];
            }
        }
    }
}
