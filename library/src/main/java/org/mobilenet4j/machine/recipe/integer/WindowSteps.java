package org.mobilenet4j.machine.recipe.integer;

import java.util.ArrayList;
import java.util.List;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.kernel.layout.ConvShape;

/// How a window's inputs are read: in runs of contiguous bytes, each of which is read in steps of
/// [#GROUP] bytes. A run is a tap's channels, or, where that takes fewer steps, all of a row from its
/// first tap's channels to its last one's. No step reads beyond a run.
///
/// @param isRow  whether a run is a row
/// @param length bytes a run
/// @param tails  what is read behind the whole groups
/// @param shape  of the convolution
record WindowSteps(boolean isRow, int length, List<Tail> tails, ConvShape shape) {
    /// Bytes of each pixel that a step takes.
    static final int GROUP = 4;

    /// A step that is not a whole group behind the one before. Bytes that were read before get no
    /// weight.
    ///
    /// @param at    of the run
    /// @param bytes as many as are read: a group, or less
    record Tail(int at, int bytes) {}

    static WindowSteps of(ConvShape shape) {
        Window window = shape.window();
        int channels = shape.groupInputs();
        long row = (long) (window.width() - 1) * window.dilation() * shape.in().pixelStride() + channels;
        int taps = window.width() * steps(channels);
        boolean isRow = window.width() > 1 && row <= Integer.MAX_VALUE && steps((int) row) <= taps;
        int length = isRow ? (int) row : channels;
        return new WindowSteps(isRow, length, tails(length), shape);
    }

    private static int steps(int length) {
        return length / GROUP + tails(length).size();
    }

    private static List<Tail> tails(int length) {
        int rest = length % GROUP;
        if (rest == 0) {
            return List.of();
        }
        if (length > GROUP) {
            return List.of(new Tail(length - GROUP, GROUP));
        }
        var tails = new ArrayList<Tail>();
        for (int at = 0; at < length; at += tails.getLast().bytes) {
            tails.add(new Tail(at, Math.min(2, length - at)));
        }
        return List.copyOf(tails);
    }

    /// Whole groups a run.
    int groups() {
        return length / GROUP;
    }

    /// Steps a run.
    int steps() {
        return groups() + tails.size();
    }

    /// Runs of a window's row.
    int runs() {
        return isRow ? 1 : shape.window().width();
    }

    /// Steps of a window.
    int all() {
        return Math.multiplyExact(shape.window().height() * runs(), steps());
    }

    /// The place of an input among the weights of all steps: the step times [#GROUP], and the byte of
    /// it.
    ///
    /// @param row as [ConvShape#kernelRows] counts: taps, and inputs of each
    int place(int row) {
        int channel = row % shape.groupInputs();
        int tap = row / shape.groupInputs();
        int width = shape.window().width();
        int run = isRow ? tap / width : tap;
        int at = channel
                + (isRow ? tap % width * shape.window().dilation() * shape.in().pixelStride() : 0);
        int first = run * steps() * GROUP;
        if (at < groups() * GROUP) {
            return first + at;
        }
        int step = groups();
        for (Tail tail : tails) {
            if (at < tail.at + tail.bytes) {
                return first + step * GROUP + at - tail.at;
            }
            step++;
        }
        throw new IllegalStateException("no step reads byte " + at + " of " + this);
    }

    /// Bytes from the window's first input to what a step reads.
    int offset(int step) {
        int run = step / steps();
        int inRun = step % steps();
        int at = inRun < groups() ? inRun * GROUP : tails.get(inRun - groups()).at;
        return Math.addExact(shape.tapAt(run / runs(), run % runs()), at);
    }

    /// Bytes that a step reads.
    int bytes(int step) {
        int inRun = step % steps();
        return inRun < groups() ? GROUP : tails.get(inRun - groups()).bytes;
    }
}
