package org.mobilenet4j.benchmarks.peers;

import java.util.List;
import java.util.SplittableRandom;
import org.mobilenet4j.arch.zoo.SsdMobileNetV1;
import org.mobilenet4j.detect.BoxCoder;
import org.mobilenet4j.detect.SsdAnchors;
import org.mobilenet4j.image.Image;
import org.mobilenet4j.image.Normalization;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.model.BoxOutputs;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Suppression;
import org.mobilenet4j.model.Weights;

/// Detection from a decoded photo to boxes: what all engines are given, and what they must agree in.
final class DetectionWorkload {
    /// The size of the photo.
    static final int HEIGHT = 480;

    static final int WIDTH = 640;

    /// What comes before a network of floats.
    static final Preprocessing FLOATS = Preprocessing.TF_SLIM.withCrop(1);

    /// What comes before TensorFlow's UINT8 network, whose bytes are the photo's: a scale of 1/128, a zero point of
    /// 128.
    static final Preprocessing STORED = FLOATS.withNormalization(new Normalization(
            List.of(128 / 255f, 128 / 255f, 128 / 255f), List.of(128 / 255f, 128 / 255f, 128 / 255f)));

    /// A photo's bytes as they are, as floats.
    static final Preprocessing BYTES =
            FLOATS.withNormalization(new Normalization(List.of(0f, 0f, 0f), List.of(1 / 255f, 1 / 255f, 1 / 255f)));

    /// As in TensorFlow's published file.
    private static final Suppression LIMITS = new Suppression(1e-8f, 0.6f, 10, false, 100, 1);

    private static final int CLASSES = 90;

    private DetectionWorkload() {}

    /// COCO's SSD with random weights.
    static Model model(double alpha, int resolution, long seed) {
        var network = SsdMobileNetV1.of(alpha, resolution, CLASSES).network();
        var maps = SsdMobileNetV1.maps(network);
        return new Model(network, Weights.random(network, seed), List.of(), FLOATS)
                .withBoxes(new BoxOutputs(
                        SsdAnchors.counts(maps),
                        SsdAnchors.of(maps),
                        BoxCoder.SSD_SCALES,
                        CLASSES,
                        true,
                        BoxOutputs.Scores.LOGITS,
                        LIMITS));
    }

    /// The values of a photo, from 0 to 255: soft noise.
    static float[] photo(long seed) {
        var random = new SplittableRandom(seed);
        var values = new float[HEIGHT * WIDTH * 3];
        var color = new double[3];
        for (int i = 0; i < values.length; i++) {
            color[i % 3] = Math.clamp(color[i % 3] + random.nextGaussian() * 20, -128, 127);
            values[i] = Math.round(128 + color[i % 3]);
        }
        return values;
    }

    /// The photo whose values these are.
    static Image image(float[] values) {
        var rgb = new byte[values.length];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) values[i];
        }
        return new Image(HEIGHT, WIDTH, rgb);
    }

    /// The photo of `workload`.
    static Image image(Workload workload) {
        var values = new float[HEIGHT * WIDTH * 3];
        workload.images().get(0, values);
        return image(values);
    }

    /// Scores of the most certain objects, falling: what engines must agree in. Boxes of equal scores may be in any
    /// order.
    static float[] scores(float[] all, int count) {
        var sorted = new float[LIMITS.limit()];
        System.arraycopy(all, 0, sorted, 0, Math.min(count, sorted.length));
        return sorted;
    }
}
