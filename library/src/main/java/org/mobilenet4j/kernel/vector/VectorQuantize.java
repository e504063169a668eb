package org.mobilenet4j.kernel.vector;

import static org.mobilenet4j.kernel.vector.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import org.mobilenet4j.kernel.QuantizeKernel;
import org.mobilenet4j.kernel.Warmth;
import org.mobilenet4j.kernel.layout.Tuning;

/// Whole vectors, and plain loops for the remainder: nothing may be written after it.
final class VectorQuantize implements QuantizeKernel {
    /// This many values take less than a microsecond when compiled, and many when not.
    private static final int WARM_UP_VALUES = 16 * Lanes.COUNT;

    private final float scale;
    private final int low;
    private final int high;
    private final QuantizeKernel rest;

    /// @param rest for the remainder after the last whole vector
    VectorQuantize(float scale, int low, int high, QuantizeKernel rest) {
        this.scale = scale;
        this.low = low;
        this.high = high;
        this.rest = rest;
    }

    @Override
    public void run(float[] source, int from, float[] memory, int at, int count) {
        int whole = SPECIES.loopBound(count);
        vectors(source, from, memory, at, whole, scale, low, high);
        rest.run(source, from + whole, memory, at + whole, count - whole);
    }

    private static void vectors(
            float[] source, int from, float[] memory, int at, int count, float scale, float low, float high) {
        for (int i = 0; i < count; i += Lanes.COUNT) {
            var quotient = FloatVector.fromArray(SPECIES, source, from + i)
                    .div(scale)
                    .max(low)
                    .min(high);
            var cut = (FloatVector) quotient.convertShape(VectorOperators.F2I, Lanes.INTS, 0)
                    .convertShape(VectorOperators.I2F, SPECIES, 0);
            var twice = quotient.sub(cut).mul(2);
            var more = (FloatVector) twice.convertShape(VectorOperators.F2I, Lanes.INTS, 0)
                    .convertShape(VectorOperators.I2F, SPECIES, 0);
            cut.add(more).intoArray(memory, at + i);
        }
    }

    @Override
    public boolean warmUp(float[] memory, Warmth warmth) {
        int count = SPECIES.loopBound(Math.min(WARM_UP_VALUES, memory.length));
        return warmth.reach(Tuning.WARM_NANOS, () -> vectors(memory, 0, memory, 0, count, scale, low, high));
    }
}
