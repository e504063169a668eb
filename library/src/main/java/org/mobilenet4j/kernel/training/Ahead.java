package org.mobilenet4j.kernel.training;

import org.mobilenet4j.kernel.layout.Tuning;

/// What comes after the present work: places in arrays that are going to be read or written, in two groups of two. A
/// kernel that has arithmetic to do, and so leaves memory idle, may ask for them meanwhile.
public final class Ahead {
    public static final int GROUPS = 2;

    private static final float[] NOTHING = {};

    private final float[][] arrays = {NOTHING, NOTHING, NOTHING, NOTHING};
    private final int[] places = new int[2 * GROUPS];
    private final int[] counts = new int[GROUPS];

    /// Nothing comes after.
    public void clear() {
        for (int group = 0; group < GROUPS; group++) {
            counts[group] = 0;
        }
    }

    /// Makes a group of so many floats each of two arrays.
    public void set(int group, float[] first, int firstAt, float[] second, int secondAt, int floats) {
        arrays[2 * group] = first;
        places[2 * group] = firstAt;
        arrays[2 * group + 1] = second;
        places[2 * group + 1] = secondAt;
        counts[group] = floats;
    }

    /// Makes a group of the two halves of so many floats.
    public void halve(int group, float[] array, int at, int floats) {
        int half = Math.ceilDiv(floats, 2);
        set(group, array, at, array, at + half, half);
    }

    /// Array `index` of all groups.
    public float[] array(int index) {
        return arrays[index];
    }

    /// The place in it.
    public int at(int index) {
        return places[index];
    }

    /// Cache lines that a group has for each of so many parts of the work, rounded up.
    public int lines(int group, int parts) {
        return Math.ceilDiv(counts[group], parts * Tuning.LINE);
    }
}
