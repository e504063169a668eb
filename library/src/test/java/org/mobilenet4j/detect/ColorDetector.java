package org.mobilenet4j.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Flatten;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.data.box.Box;
import org.mobilenet4j.image.Image;
import org.mobilenet4j.image.Normalization;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.image.Resize;
import org.mobilenet4j.model.BoxOutputs;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Suppression;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.Shape;
import org.mobilenet4j.tensor.Tensor;

/// A detector of red, green and blue: an anchor for each of 8 x 8 pixels, which is its box, and a logit of -5 for a
/// color that is not there and 5 for one that is.
final class ColorDetector {
    static final int SIDE = 8;
    static final List<String> COLORS = List.of("red", "green", "blue");

    private ColorDetector() {}

    static Model model(Suppression limits) {
        var network = new Network(
                "colors",
                new Shape(SIDE, SIDE, 3),
                new Parallel(
                        "outputs",
                        Parallel.Join.CONCATENATE,
                        List.of(
                                Sequence.of(Conv.pointwise("boxes", 4).withBias(), new Flatten("boxes_flat")),
                                Sequence.of(Conv.pointwise("scores", 4).withBias(), new Flatten("scores_flat")))));
        var kernel = new float[3 * 4];
        for (int color = 0; color < 3; color++) {
            kernel[color * 4 + color + 1] = 10;
        }
        var weights = new Weights(Map.of(
                "boxes/kernel", Tensor.of(new float[12], 1, 1, 3, 4),
                "boxes/bias", Tensor.of(new float[4], 4),
                "scores/kernel", Tensor.of(kernel, 1, 1, 3, 4),
                "scores/bias", Tensor.of(new float[] {9, -5, -5, -5}, 4)));
        var asTheyAre = new Normalization(List.of(0f, 0f, 0f), List.of(1f, 1f, 1f));
        return new Model(network, weights, List.of(), new Preprocessing(1, Resize.LEGACY, asTheyAre))
                .withBoxes(boxes(limits))
                .withLabels(COLORS);
    }

    private static BoxOutputs boxes(Suppression limits) {
        var anchors = new ArrayList<Float>();
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                anchors.addAll(List.of((y + 0.5f) / SIDE, (x + 0.5f) / SIDE, 1f / SIDE, 1f / SIDE));
            }
        }
        var values = new float[anchors.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = anchors.get(i);
        }
        return new BoxOutputs(
                List.of(SIDE * SIDE),
                Tensor.of(values, SIDE * SIDE, 4),
                BoxCoder.SSD_SCALES,
                3,
                true,
                BoxOutputs.Scores.LOGITS,
                limits);
    }

    /// A black photo with a rectangle in one of the colors.
    static Image photo(int height, int width, Box where, int color) {
        var rgb = new byte[height * width * 3];
        for (int y = (int) where.y0(); y < where.y1(); y++) {
            for (int x = (int) where.x0(); x < where.x1(); x++) {
                rgb[(y * width + x) * 3 + color] = (byte) 255;
            }
        }
        return new Image(height, width, rgb);
    }
}
