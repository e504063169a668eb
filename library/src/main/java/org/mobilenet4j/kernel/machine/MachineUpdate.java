package org.mobilenet4j.kernel.machine;

import static org.mobilenet4j.machine.NativeRoutine.NOTHING;

import org.mobilenet4j.kernel.training.UpdateKernel;
import org.mobilenet4j.machine.recipe.train.UpdateRecipe;
import org.mobilenet4j.machine.recipe.train.UpdateRule;

/// Updates of weights.
final class MachineUpdate implements UpdateKernel {
    private final PlannedRoutine[] routines;

    MachineUpdate(Workshop workshop) {
        var rules = UpdateRule.values();
        routines = new PlannedRoutine[rules.length];
        for (int i = 0; i < rules.length; i++) {
            var rule = rules[i];
            routines[i] = workshop.routine(
                    "update", (a, convention, name, isa) -> UpdateRecipe.emit(a, convention, name, rule, isa));
        }
    }

    @Override
    public void descend(
            float[] values,
            float[] gradients,
            float[] sums,
            int from,
            int to,
            float rate,
            float decay,
            float momentum) {
        call(
                UpdateRule.DESCEND,
                values,
                gradients,
                sums,
                NOTHING,
                from,
                to,
                pair(rate, decay),
                pair(momentum, 0),
                0,
                0);
    }

    @Override
    public void descendAhead(
            float[] values,
            float[] gradients,
            float[] sums,
            int from,
            int to,
            float rate,
            float decay,
            float momentum) {
        call(
                UpdateRule.DESCEND_AHEAD,
                values,
                gradients,
                sums,
                NOTHING,
                from,
                to,
                pair(rate, decay),
                pair(momentum, 0),
                0,
                0);
    }

    @Override
    public void rmsPropTensorFlow(
            float[] values,
            float[] gradients,
            float[] squares,
            float[] sums,
            int from,
            int to,
            float rate,
            float decay,
            float fresh,
            float momentum,
            float epsilon) {
        call(
                UpdateRule.RMSPROP_TENSORFLOW,
                values,
                gradients,
                squares,
                sums,
                from,
                to,
                pair(rate, decay),
                pair(fresh, momentum),
                pair(epsilon, 0),
                0);
    }

    @Override
    public void rmsPropPyTorch(
            float[] values,
            float[] gradients,
            float[] squares,
            float[] sums,
            int from,
            int to,
            float rate,
            float decay,
            float old,
            float fresh,
            float momentum,
            float epsilon) {
        call(
                UpdateRule.RMSPROP_PYTORCH,
                values,
                gradients,
                squares,
                sums,
                from,
                to,
                pair(rate, decay),
                pair(old, fresh),
                pair(momentum, epsilon),
                0);
    }

    @Override
    public void adamW(
            float[] values,
            float[] gradients,
            float[] means,
            float[] squares,
            int from,
            int to,
            float shrink,
            float size,
            float root,
            float freshMean,
            float oldSquare,
            float freshSquare,
            float epsilon) {
        call(
                UpdateRule.ADAMW,
                values,
                gradients,
                means,
                squares,
                from,
                to,
                pair(shrink, size),
                pair(root, freshMean),
                pair(oldSquare, freshSquare),
                pair(epsilon, 0));
    }

    @Override
    public void average(float[] values, float[] averages, int from, int to, float fresh) {
        call(UpdateRule.AVERAGE, values, averages, NOTHING, NOTHING, from, to, pair(fresh, 0), 0, 0, 0);
    }

    private static long pair(float low, float high) {
        return Integer.toUnsignedLong(Float.floatToRawIntBits(low))
                | (long) Float.floatToRawIntBits(high) << Integer.SIZE;
    }

    @SuppressWarnings("EnumOrdinal") // a place in an array of all
    private void call(
            UpdateRule rule,
            float[] a,
            float[] b,
            float[] c,
            float[] d,
            int from,
            int to,
            long first,
            long second,
            long third,
            long fourth) {
        routines[rule.ordinal()]
                .get()
                .call(
                        a,
                        b,
                        c,
                        d,
                        NOTHING,
                        NOTHING,
                        NOTHING,
                        NOTHING,
                        from,
                        from,
                        at(c, from),
                        at(d, from),
                        0,
                        0,
                        0,
                        0,
                        to - from,
                        first,
                        second,
                        third,
                        fourth,
                        0);
    }

    private static int at(float[] array, int from) {
        return array.length == 0 ? 0 : from;
    }
}
