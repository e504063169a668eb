package org.mobilenet4j.detect;

import java.util.Arrays;

/// Boxes that suppress others, side by side in memory.
final class KeptBoxes {
    private static final int FIRST = 8;

    /// Of each box the upper, left, lower and right edge, and the area.
    private static final int VALUES = 5;

    private float[] boxes = new float[FIRST * VALUES];
    private int end;

    int size() {
        return end / VALUES;
    }

    /// @param box a box's edges from `at` on
    void add(float[] box, int at) {
        if (end == boxes.length) {
            boxes = Arrays.copyOf(boxes, 2 * end);
        }
        System.arraycopy(box, at, boxes, end, VALUES - 1);
        boxes[end + VALUES - 1] = area(box, at);
        end += VALUES;
    }

    /// Whether a box overlaps one of these by more than `most`, as [org.mobilenet4j.data.box.Box#overlap] has it.
    ///
    /// @param box its edges from `at` on
    boolean overlap(float[] box, int at, float most) {
        float y0 = box[at];
        float x0 = box[at + 1];
        float y1 = box[at + 2];
        float x1 = box[at + 3];
        float area = area(box, at);
        for (int i = 0; i < end; i += VALUES) {
            float height = Math.min(boxes[i + 2], y1) - Math.max(boxes[i], y0);
            if (height > 0) {
                float width = Math.min(boxes[i + 3], x1) - Math.max(boxes[i + 1], x0);
                if (width > 0) {
                    float shared = height * width;
                    if (shared / (boxes[i + 4] + area - shared) > most) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static float area(float[] box, int at) {
        return (box[at + 2] - box[at]) * (box[at + 3] - box[at + 1]);
    }
}
