package org.mobilenet4j.app.cli;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Flatten;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.image.Normalization;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.image.Resize;
import org.mobilenet4j.model.BoxOutputs;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Suppression;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.model.file.ModelFile;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Shape;
import org.mobilenet4j.tensor.Tensor;

/// A detector of red and blue tiles, of which a photo has 4 x 4: `a red one` and a class without a name.
public final class TileDetector {
    private static final int SIDE = 4;

    private TileDetector() {}

    /// Writes the model: the logit of a color is 4 where it is, and -6 elsewhere.
    public static Path write(Path model) throws IOException {
        var network = new Network(
                "colors",
                new Shape(SIDE, SIDE, 3),
                new Parallel(
                        "outputs",
                        Parallel.Join.CONCATENATE,
                        List.of(
                                Sequence.of(Conv.pointwise("boxes", 4).withBias(), new Flatten("boxes_flat")),
                                Sequence.of(Conv.pointwise("scores", 2).withBias(), new Flatten("scores_flat")))));
        var weights = new Weights(Map.of(
                "boxes/kernel", Tensor.of(new float[12], 1, 1, 3, 4),
                "boxes/bias", Tensor.of(new float[4], 4),
                "scores/kernel", Tensor.of(new float[] {10, 0, 0, 0, 0, 10}, 1, 1, 3, 2),
                "scores/bias", Tensor.of(new float[] {-6, -6}, 2)));
        var anchors = new float[SIDE * SIDE * 4];
        for (int i = 0; i < SIDE * SIDE; i++) {
            anchors[4 * i] = (Math.floorDiv(i, SIDE) + 0.5f) / SIDE;
            anchors[4 * i + 1] = (i % SIDE + 0.5f) / SIDE;
            anchors[4 * i + 2] = 1f / SIDE;
            anchors[4 * i + 3] = 1f / SIDE;
        }
        var boxes = new BoxOutputs(
                List.of(SIDE * SIDE),
                Tensor.of(anchors, SIDE * SIDE, 4),
                List.of(10f, 10f, 5f, 5f),
                2,
                false,
                BoxOutputs.Scores.LOGITS,
                Suppression.SSD);
        var plain = new Normalization(List.of(0f, 0f, 0f), List.of(1f, 1f, 1f));
        var detector = new Model(network, weights, List.of(), new Preprocessing(1, Resize.LEGACY, plain))
                .withBoxes(boxes)
                .withLabels(List.of("a red one", "???"));
        ModelFile.write(detector, model, ElementType.FLOAT32);
        return model;
    }

    /// Writes a black photo, 40 x 80, with one tile in `color`.
    public static Path photo(Path file, int row, int column, Color color) throws IOException {
        var photo = new BufferedImage(80, 40, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 10; y++) {
            for (int x = 0; x < 20; x++) {
                photo.setRGB(column * 20 + x, row * 10 + y, color.getRGB());
            }
        }
        ImageIO.write(photo, "png", file.toFile());
        return file;
    }
}
