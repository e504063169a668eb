package org.mobilenet4j.detect.train;

import java.util.List;
import org.mobilenet4j.data.augment.PlacedBoxes;
import org.mobilenet4j.data.batch.BoxEncoding;
import org.mobilenet4j.detect.BoxCoder;
import org.mobilenet4j.model.BoxOutputs;

/// Says which anchor shall find which object, as SSD does: an anchor finds the object with which it overlaps most, if
/// by
/// [#LEAST] or more; and every object is found by the anchor that overlaps it most, of those that no object before it
/// has taken, however little that is. Overlap is intersection over union.
///
/// An anchor that overlaps an ignored object most, and as much, is left out of the loss.
public final class AnchorMatcher implements BoxEncoding {
    /// The least overlap of an anchor and the object that it finds.
    public static final float LEAST = 0.5f;

    /// In place of an overlap: taken by the object whose best anchor it is.
    private static final float TAKEN = 2;

    private static final int EDGES = 4;

    private final BoxCoder coder;
    private final List<Float> scales;
    private final int count;
    /// Of each anchor upper, left, lower and right edge.
    private final float[] edges;

    /// @param boxes anchors and scales of the detector
    public AnchorMatcher(BoxOutputs boxes) {
        this.coder = new BoxCoder(boxes.anchors(), boxes.scales());
        this.scales = boxes.scales();
        this.count = boxes.count();
        this.edges = new float[EDGES * count];
        for (int anchor = 0; anchor < count; anchor++) {
            for (int side = 0; side < 2; side++) {
                float center = boxes.anchors().get(anchor * BoxOutputs.VALUES + side);
                float half = boxes.anchors().get(anchor * BoxOutputs.VALUES + 2 + side) / 2;
                edges[EDGES * anchor + side] = center - half;
                edges[EDGES * anchor + 2 + side] = center + half;
            }
        }
    }

    @Override
    public int values() {
        return TargetRow.length(count);
    }

    /// Until the last step, the row holds for each anchor the number of the object that overlaps it most, and how much.
    @Override
    public void encode(PlacedBoxes boxes, float[] rows, int at) {
        for (int anchor = 0; anchor < count; anchor++) {
            rows[at + TargetRow.label(anchor)] = 0;
            rows[at + TargetRow.encoding(anchor)] = 0;
        }
        for (int object = 0; object < boxes.count(); object++) {
            overlap(boxes, object, rows, at);
        }
        for (int object = 0; object < boxes.count(); object++) {
            if (boxes.label(object) != PlacedBoxes.IGNORED) {
                take(boxes, object, rows, at);
            }
        }
        rows[at] = encodings(boxes, rows, at);
    }

    private void overlap(PlacedBoxes boxes, int object, float[] rows, int at) {
        for (int anchor = 0; anchor < count; anchor++) {
            float overlap = overlap(boxes, object, anchor);
            if (overlap > rows[at + TargetRow.encoding(anchor)]) {
                rows[at + TargetRow.encoding(anchor)] = overlap;
                rows[at + TargetRow.label(anchor)] = object;
            }
        }
    }

    private void take(PlacedBoxes boxes, int object, float[] rows, int at) {
        int best = -1;
        float most = 0;
        for (int anchor = 0; anchor < count; anchor++) {
            float overlap = overlap(boxes, object, anchor);
            if (overlap > most && rows[at + TargetRow.encoding(anchor)] != TAKEN) {
                best = anchor;
                most = overlap;
            }
        }
        if (best >= 0) {
            rows[at + TargetRow.encoding(best)] = TAKEN;
            rows[at + TargetRow.label(best)] = object;
        }
    }

    /// @return the number of anchors that match
    private int encodings(PlacedBoxes boxes, float[] rows, int at) {
        int matches = 0;
        for (int anchor = 0; anchor < count; anchor++) {
            int label = at + TargetRow.label(anchor);
            int object = (int) rows[label];
            boolean isMatch = rows[at + TargetRow.encoding(anchor)] >= LEAST;
            if (!isMatch) {
                rows[label] = TargetRow.BACKGROUND;
            } else if (boxes.label(object) == PlacedBoxes.IGNORED) {
                rows[label] = TargetRow.IGNORED;
            } else {
                rows[label] = boxes.label(object);
                coder.encode(
                        boxes.y0(object),
                        boxes.x0(object),
                        boxes.y1(object),
                        boxes.x1(object),
                        anchor,
                        rows,
                        at + TargetRow.encoding(anchor));
                matches++;
            }
        }
        return matches;
    }

    private float overlap(PlacedBoxes boxes, int object, int anchor) {
        int from = EDGES * anchor;
        float height = Math.min(edges[from + 2], boxes.y1(object)) - Math.max(edges[from], boxes.y0(object));
        float width = Math.min(edges[from + 3], boxes.x1(object)) - Math.max(edges[from + 1], boxes.x0(object));
        if (!(height > 0 && width > 0)) {
            return 0;
        }
        float shared = height * width;
        float own = (edges[from + 2] - edges[from]) * (edges[from + 3] - edges[from + 1]);
        float other = (boxes.y1(object) - boxes.y0(object)) * (boxes.x1(object) - boxes.x0(object));
        return shared / (own + other - shared);
    }

    /// What it depends on.
    @Override
    public String toString() {
        return "AnchorMatcher[" + count + " anchors, scales " + scales + ", overlap " + LEAST + "]";
    }
}
