package org.mobilenet4j.formats;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.mobilenet4j.arch.zoo.SsdMobileNetV1;
import org.mobilenet4j.arch.zoo.SsdMobileNetV1.Predictors;
import org.mobilenet4j.compress.quantize.Photos;
import org.mobilenet4j.compress.quantize.PostTraining;
import org.mobilenet4j.compress.quantize.QuantizationOptions;
import org.mobilenet4j.compress.quantize.WeightScheme;
import org.mobilenet4j.detect.BoxCoder;
import org.mobilenet4j.detect.SsdAnchors;
import org.mobilenet4j.formats.graph.QuantizedPixels;
import org.mobilenet4j.image.Image;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.image.Preprocessor;
import org.mobilenet4j.model.BoxOutputs;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Suppression;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.Shape;
import org.mobilenet4j.tensor.Tensor;

/// SSDs with weights at random, that find things in noise.
public final class Detectors {
    public static final Suppression PER_CLASS = new Suppression(0.3f, 0.6f, 50, true, 20, 1);
    public static final Suppression FAST = new Suppression(0.3f, 0.5f, 25, false, 100, 1);

    private Detectors() {}

    /// For images that are not square, with `classes` and a background.
    public static Model ssd(int classes, Predictors predictors, Suppression limits, BoxOutputs.Scores meaning) {
        var network = new SsdMobileNetV1(0.25, new Shape(72, 96, 3), classes, predictors).network();
        var maps = SsdMobileNetV1.maps(network);
        var labels = IntStream.range(0, classes).mapToObj(i -> "thing " + i).toList();
        var random = Weights.random(network, 5);
        var tensors = new LinkedHashMap<String, Tensor>();
        random.tensors().forEach((name, tensor) -> tensors.put(name, spread(name, tensor)));
        return new Model(network, new Weights(tensors), List.of(), Preprocessing.TF_SLIM.withCrop(1))
                .withBoxes(new BoxOutputs(
                        SsdAnchors.counts(maps),
                        SsdAnchors.of(maps),
                        BoxCoder.SSD_SCALES,
                        classes,
                        true,
                        meaning,
                        limits))
                .withLabels(labels);
    }

    /// Scores that differ much, of which few are high, and boxes that differ little from their anchors.
    private static Tensor spread(String name, Tensor tensor) {
        var values = tensor.toArray();
        var random = new Random(name.hashCode());
        for (int i = 0; i < values.length; i++) {
            if (name.matches("scores_\\d/bias")) {
                values[i] = -3 + random.nextFloat();
            } else if (name.matches("scores_\\d/kernel")) {
                values[i] *= 8;
            } else if (name.matches("boxes_\\d/bias")) {
                values[i] = random.nextFloat(-1, 1);
            }
        }
        return Tensor.of(
                values, tensor.dims().stream().mapToInt(Integer::intValue).toArray());
    }

    /// An image of soft noise.
    public static Image photo(Shape shape, long seed) {
        var random = new Random(seed);
        var rgb = new byte[shape.elements()];
        var color = new double[3];
        for (int i = 0; i < rgb.length; i++) {
            color[i % 3] = Math.clamp(color[i % 3] + random.nextGaussian() * 25, -128, 127);
            rgb[i] = (byte) (128 + color[i % 3]);
        }
        return new Image(shape.height(), shape.width(), rgb);
    }

    /// The input of `model` for a photo of its size.
    public static float[] input(Model model, Image photo) {
        var input = new float[model.network().input().elements()];
        new Preprocessor(model.preprocessing(), model.network().input()).apply(photo, input, 0);
        return input;
    }

    /// The same as integers, with a photo's bytes as they are for its input.
    public static Model quantized(Model model, WeightScheme scheme) {
        var inputs = new ArrayList<float[]>();
        for (int i = 0; i < 8; i++) {
            inputs.add(input(model, photo(model.network().input(), 100 + i)));
        }
        var quantized = PostTraining.of(model, Photos.of(inputs), QuantizationOptions.DEFAULT.withWeights(scheme))
                .quantized();
        var pixels = new QuantizedPixels(quantized.quantization().orElseThrow().input());
        return quantized.withPreprocessing(quantized.preprocessing().withNormalization(pixels.asTheyAre()));
    }
}
