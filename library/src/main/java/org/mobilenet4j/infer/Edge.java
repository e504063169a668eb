package org.mobilenet4j.infer;

import org.mobilenet4j.model.ActivationQuantization;

/// How values cross the edge of a plan: between a caller's floats and the plan's memory.
sealed interface Edge {
    /// Brings `count` values of an image into memory.
    void enter(float[] source, int from, float[] memory, int at, int count);

    /// Brings `count` results out of memory.
    void leave(float[] memory, int at, float[] target, int to, int count);

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

    /// Stored as whole numbers less the zero point: `round(real / scale)`, half away from zero, within the type's
    /// range.
    record Integers(ActivationQuantization map) implements Edge {
        @Override
        public void enter(float[] source, int from, float[] memory, int at, int count) {
            for (int i = 0; i < count; i++) {
                long rounded = StoredMaps.round(source[from + i] / map.scale());
                memory[at + i] = Math.clamp(rounded, map.low(), map.high());
            }
        }

        @Override
        public void leave(float[] memory, int at, float[] target, int to, int count) {
            for (int i = 0; i < count; i++) {
                target[to + i] = map.scale() * memory[at + i];
            }
        }
    }
}
