package org.mobilenet4j.detect;

import java.util.Arrays;
import org.mobilenet4j.data.box.Box;

/// Boxes, and scores of classes for them, of which suppression chooses the best.
final class Candidates {
    private static final int FIRST = 256;

    /// Four values of each box: upper, left, lower, right edge.
    private final float[] boxes;

    private float[] scores = new float[FIRST];
    private int[] labels = new int[FIRST];
    private int[] places = new int[FIRST];
    private int size;

    /// @param count number of boxes
    Candidates(int count) {
        boxes = new float[Math.multiplyExact(4, count)];
    }

    /// Sets box `place`.
    void place(int place, Box box) {
        boxes[4 * place] = box.y0();
        boxes[4 * place + 1] = box.x0();
        boxes[4 * place + 2] = box.y1();
        boxes[4 * place + 3] = box.x1();
    }

    /// Adds a score, a number, of class `label` for box `place`.
    void add(float score, int place, int label) {
        if (size == scores.length) {
            scores = Arrays.copyOf(scores, 2 * size);
            labels = Arrays.copyOf(labels, 2 * size);
            places = Arrays.copyOf(places, 2 * size);
        }
        scores[size] = score;
        labels[size] = label;
        places[size] = place;
        size++;
    }

    /// The number of scores.
    int size() {
        return size;
    }

    float score(int candidate) {
        return scores[candidate];
    }

    int label(int candidate) {
        return labels[candidate];
    }

    /// Which box it is.
    int place(int candidate) {
        return places[candidate];
    }

    Box box(int candidate) {
        int at = 4 * places[candidate];
        return new Box(boxes[at], boxes[at + 1], boxes[at + 2], boxes[at + 3]);
    }

    /// Whether the box of a candidate overlaps one of `kept` by more than `most`.
    boolean overlap(int candidate, KeptBoxes kept, float most) {
        return kept.overlap(boxes, 4 * places[candidate], most);
    }

    /// Adds the box of a candidate to `kept`.
    void addTo(KeptBoxes kept, int candidate) {
        kept.add(boxes, 4 * places[candidate]);
    }
}
