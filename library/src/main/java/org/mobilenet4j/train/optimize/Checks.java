package org.mobilenet4j.train.optimize;

import java.util.Objects;
import org.mobilenet4j.error.BadValueException;

/// Argument checks, each with a message that names the argument, its bounds and its value.
public final class Checks {
    private Checks() {}

    /// Checks for a share from 0 up to but not including 1.
    public static void share(String what, double value) {
        Objects.requireNonNull(what, "what");
        require(value >= 0 && value < 1, what, "lie in [0, 1)", value);
    }

    /// Checks for a finite number above 0.
    public static void positive(String what, double value) {
        Objects.requireNonNull(what, "what");
        require(value > 0 && value < Double.POSITIVE_INFINITY, what, "be a positive number", value);
    }

    /// Checks for a finite number from 0 up.
    public static void notNegative(String what, double value) {
        Objects.requireNonNull(what, "what");
        require(value >= 0 && value < Double.POSITIVE_INFINITY, what, "be 0 or more", value);
    }

    /// Checks for a count from 1 up.
    public static void count(String what, long value) {
        Objects.requireNonNull(what, "what");
        if (value < 1) {
            throw new BadValueException(what + " must be at least 1, not " + value);
        }
    }

    /// Checks for a step, counted from 0.
    public static void step(long step) {
        if (step < 0) {
            throw new BadValueException("steps are counted from 0, not " + step);
        }
    }

    /// Checks the arguments of an optimizer's update.
    public static void update(
            Optimizer optimizer, float[] values, float[] gradients, float[][] slots, int from, int to, long step) {
        same("gradients", gradients.length, values.length);
        slots(optimizer, slots);
        for (var slot : slots) {
            same("values of state", slot.length, values.length);
        }
        step(step);
        Objects.checkFromToIndex(from, to, values.length);
    }

    /// Checks that there are as many state arrays as `optimizer` keeps.
    static void slots(Optimizer optimizer, float[][] slots) {
        if (slots.length != optimizer.slots()) {
            throw new BadValueException(
                    optimizer + " keeps " + optimizer.slots() + " arrays of state, not " + slots.length);
        }
    }

    /// Checks for `count` of `what`, one for each of `values` parameters.
    static void same(String what, int count, int values) {
        if (count != values) {
            throw new BadValueException("there are " + count + " " + what + " for " + values + " parameters");
        }
    }

    /// Checks for rows of outputs with a target for each output.
    static void rows(float[] outputs, float[] targets, int fromRow, int toRow, int width) {
        count("the width of a row", width);
        Objects.checkFromToIndex(fromRow, toRow, outputs.length / width);
        Objects.checkFromToIndex(fromRow, toRow, targets.length / width);
    }

    /// Checks the arguments of a loss.
    public static void loss(
            float[] scores, float[] targets, float[] gradients, int fromRow, int toRow, int width, int batch) {
        Objects.requireNonNull(scores, "scores");
        Objects.requireNonNull(targets, "targets");
        Objects.requireNonNull(gradients, "gradients");
        rows(scores, targets, fromRow, toRow, width);
        Objects.checkFromToIndex(fromRow, toRow, gradients.length / width);
        count("the batch", batch);
    }

    private static void require(boolean holds, String what, String bounds, double value) {
        if (!holds) {
            throw new BadValueException(what + " must " + bounds + ", not " + value);
        }
    }
}
