package org.mobilenet4j.detect;

import java.util.List;
import org.mobilenet4j.data.box.Box;
import org.mobilenet4j.model.BoxOutputs;
import org.mobilenet4j.tensor.Tensor;

/// Boxes as differences from anchors, as in Faster R-CNN and SSD: with the center `y, x` and the sides `h, w` of a box,
/// and those of an anchor, `ty = (y - ay) / ah * scaleY`, `th = log(h / ah) * scaleH`, and the same for x and w.
public final class BoxCoder {
    /// SSD's scales: of y, x, height, width.
    public static final List<Float> SSD_SCALES = List.of(10f, 10f, 5f, 5f);

    private static final int VALUES = BoxOutputs.VALUES;

    private final float[] anchors;
    private final float[] scales = new float[VALUES];

    /// @param anchors a row `cy, cx, h, w` for each
    /// @param scales of y, x, height, width
    public BoxCoder(Tensor anchors, List<Float> scales) {
        this.anchors = anchors.toArray();
        for (int i = 0; i < VALUES; i++) {
            this.scales[i] = scales.get(i);
        }
    }

    /// The number of anchors.
    public int count() {
        return anchors.length / VALUES;
    }

    /// The box that `encodings` hold from `at` on, `ty, tx, th, tw`, for anchor `anchor`; the sides of the image are 1.
    public Box decode(float[] encodings, int at, int anchor) {
        int from = anchor * VALUES;
        float height = anchors[from + 2];
        float width = anchors[from + 3];
        float y = encodings[at] / scales[0] * height + anchors[from];
        float x = encodings[at + 1] / scales[1] * width + anchors[from + 1];
        float halfHeight = 0.5f * (float) Math.exp(encodings[at + 2] / scales[2]) * height;
        float halfWidth = 0.5f * (float) Math.exp(encodings[at + 3] / scales[3]) * width;
        return new Box(y - halfHeight, x - halfWidth, y + halfHeight, x + halfWidth);
    }

    /// Writes `ty, tx, th, tw` of `box` for anchor `anchor`. Sides are taken to be at least 1e-8, as TensorFlow does.
    public void encode(Box box, int anchor, float[] encodings, int at) {
        encode(box.y0(), box.x0(), box.y1(), box.x1(), anchor, encodings, at);
    }

    /// The same for the box with these edges.
    public void encode(float y0, float x0, float y1, float x1, int anchor, float[] encodings, int at) {
        int from = anchor * VALUES;
        double height = Math.max(y1 - y0, 1e-8);
        double width = Math.max(x1 - x0, 1e-8);
        double anchorHeight = Math.max(anchors[from + 2], 1e-8);
        double anchorWidth = Math.max(anchors[from + 3], 1e-8);
        double y = ((double) y0 + y1) / 2;
        double x = ((double) x0 + x1) / 2;
        encodings[at] = (float) ((y - anchors[from]) / anchorHeight * scales[0]);
        encodings[at + 1] = (float) ((x - anchors[from + 1]) / anchorWidth * scales[1]);
        encodings[at + 2] = (float) (Math.log(height / anchorHeight) * scales[2]);
        encodings[at + 3] = (float) (Math.log(width / anchorWidth) * scales[3]);
    }

    /// Such as `BoxCoder[1917 anchors]`.
    @Override
    public String toString() {
        return "BoxCoder[" + anchors.length / VALUES + " anchors]";
    }
}
