package org.mobilenet4j.data.augment;

import java.util.Arrays;

/// Objects in a network's input, whose sides are 1. Mutable, so that a batch can reuse it; not thread-safe.
public final class PlacedBoxes {
    /// The label of an object that counts neither as itself nor as background.
    public static final int IGNORED = -1;

    private static final int EDGES = 4;
    private static final int FIRST = 16;

    private int[] labels = new int[FIRST];
    private float[] edges = new float[EDGES * FIRST];
    private int count;

    /// Without any object.
    public PlacedBoxes() {}

    /// The number of objects.
    public int count() {
        return count;
    }

    /// The class of object `index`, or [#IGNORED].
    public int label(int index) {
        return labels[index];
    }

    /// The upper edge of object `index`.
    public float y0(int index) {
        return edges[EDGES * index];
    }

    /// The left edge of object `index`.
    public float x0(int index) {
        return edges[EDGES * index + 1];
    }

    /// The lower edge of object `index`.
    public float y1(int index) {
        return edges[EDGES * index + 2];
    }

    /// The right edge of object `index`.
    public float x1(int index) {
        return edges[EDGES * index + 3];
    }

    /// Removes all objects.
    public void clear() {
        count = 0;
    }

    /// Adds an object.
    ///
    /// @param label its class, or [#IGNORED]
    public void add(int label, float y0, float x0, float y1, float x1) {
        if (count == labels.length) {
            labels = Arrays.copyOf(labels, 2 * count);
            edges = Arrays.copyOf(edges, 2 * EDGES * count);
        }
        labels[count] = label;
        edges[EDGES * count] = y0;
        edges[EDGES * count + 1] = x0;
        edges[EDGES * count + 2] = y1;
        edges[EDGES * count + 3] = x1;
        count++;
    }

    /// Takes over the objects of `other`.
    public void set(PlacedBoxes other) {
        clear();
        addWithin(other, 0, 0, 1, 1, 0);
    }

    /// Adds what of `other`'s objects lies in a rectangle. Where less than `least` of an object's area does, it is
    /// ignored, as there is something of it to see.
    public void addWithin(PlacedBoxes other, float top, float left, float bottom, float right, float least) {
        for (int i = 0; i < other.count; i++) {
            float y0 = Math.max(other.y0(i), top);
            float x0 = Math.max(other.x0(i), left);
            float y1 = Math.min(other.y1(i), bottom);
            float x1 = Math.min(other.x1(i), right);
            if (y1 > y0 && x1 > x0) {
                float whole = (other.y1(i) - other.y0(i)) * (other.x1(i) - other.x0(i));
                boolean isEnough = (y1 - y0) * (x1 - x0) >= least * whole;
                add(isEnough ? other.label(i) : IGNORED, y0, x0, y1, x1);
            }
        }
    }

    /// Such as `PlacedBoxes[3 objects]`.
    @Override
    public String toString() {
        return "PlacedBoxes[" + count + " objects]";
    }
}
