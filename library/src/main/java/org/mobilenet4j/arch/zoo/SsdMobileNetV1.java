package org.mobilenet4j.arch.zoo;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.Flatten;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.tensor.Shape;

/// SSD (Liu et al., arXiv 1512.02325) on MobileNet v1, as TensorFlow's `ssd_mobilenet_v1_coco`: box encodings and class
/// scores are predicted from six feature maps, those of `conv_pw_11` and `conv_pw_13` and four extra ones, each half
/// the size of the one before.
///
/// The output is a vector: for each feature map, from the largest to the smallest, first its box encodings (row by row,
/// for each anchor of a pixel `ty, tx, th, tw`), then its class scores (in the same order, for each anchor one logit
/// for the background and one for each class). Predictors are called `boxes_1`, `scores_1`, ..., `scores_6`.
///
/// @param alpha width multiplier of the body and the extra maps
/// @param input shape of an image, from 32 x 32 up, not necessarily square
/// @param classes number of classes without the background, at least 1
/// @param predictors how boxes and scores are predicted
public record SsdMobileNetV1(double alpha, Shape input, int classes, Predictors predictors) {
    /// Anchors of each pixel of the feature maps, from the largest map to the smallest.
    public static final List<Integer> ANCHORS = List.of(3, 6, 6, 6, 6, 6);

    /// Values that encode a box.
    public static final int BOX_VALUES = 4;

    /// Channels of the extra feature maps, before alpha; the 1x1 convolution before each has half as many.
    private static final List<Integer> EXTRA = List.of(512, 256, 256, 128);

    private static final int MIN_DEPTH = 16;
    private static final String FIRST_TAP = "conv_pw_11_relu";

    /// How boxes and scores are predicted from a feature map.
    public enum Predictors {
        /// SSD-MobileNet's: by a 1x1 convolution. The extra maps are made by full 3x3 convolutions.
        POINTWISE,
        /// SSDLite's (arXiv 1801.04381, section 6.2): by a depthwise separable convolution, 3x3. The extra maps are
        /// made by such convolutions too.
        SEPARABLE
    }

    public SsdMobileNetV1 {
        Objects.requireNonNull(input, "input");
        Objects.requireNonNull(predictors, "predictors");
        Chain.checkClasses("ssd-mobilenet-v1", classes);
    }

    /// With 1x1 predictors, for square images.
    public static SsdMobileNetV1 of(double alpha, int resolution, int classes) {
        return new SsdMobileNetV1(alpha, new Shape(resolution, resolution, 3), classes, Predictors.POINTWISE);
    }

    /// For example `ssd-mobilenet-v1-1.0-300`.
    public String name() {
        var kind = predictors == Predictors.SEPARABLE ? "ssdlite-" : "ssd-";
        return kind + body().name();
    }

    /// The layers and their shapes.
    public Network network() {
        var body = ((Sequence) body().network().body()).layers();
        int tap = 1 + names(body).indexOf(FIRST_TAP);
        var layers = new ArrayList<>(body.subList(0, tap));
        layers.add(from(1, body.subList(tap, body.size())));
        return new Network(name(), input, new Sequence("", layers));
    }

    /// The shapes of the feature maps from which boxes and scores are predicted, from the largest to the smallest.
    ///
    /// @param network one of these networks, with any predictors
    public static List<Shape> maps(Network network) {
        var maps = new ArrayList<Shape>();
        for (var node : network.nodes()) {
            boolean isTap = node.name().equals(FIRST_TAP)
                    || node.name().equals("conv_pw_13_relu")
                    || node.name().matches("extra_[0-9]_relu");
            if (isTap) {
                maps.add(node.output());
            }
        }
        if (maps.size() != ANCHORS.size()) {
            throw new BadValueException(network.name() + " is no SSD on MobileNet: it has " + maps.size() + " of the "
                    + ANCHORS.size() + " feature maps");
        }
        return List.copyOf(maps);
    }

    private MobileNetV1 body() {
        var full = MobileNetV1.of(alpha, input.height(), 0).withInput(input);
        return full.withMinDepth(MIN_DEPTH);
    }

    private static List<String> names(List<Layer> layers) {
        return layers.stream().map(Layer::name).toList();
    }

    /// The predictors of feature map `number`, and beside them all that follows it.
    ///
    /// @param next layers that make the next feature map of this one; empty for the last
    private Parallel from(int number, List<Layer> next) {
        int anchors = ANCHORS.get(number - 1);
        var branches = new ArrayList<Layer>();
        branches.add(predictor("boxes_" + number, anchors * BOX_VALUES));
        branches.add(predictor("scores_" + number, anchors * (classes + 1)));
        if (!next.isEmpty()) {
            var after = new ArrayList<>(next);
            after.add(from(number + 1, number - 1 < EXTRA.size() ? extra(number) : List.of()));
            branches.add(new Sequence("", after));
        }
        return new Parallel("outputs_" + number, Parallel.Join.CONCATENATE, branches);
    }

    private Sequence predictor(String name, int values) {
        var layers = new ArrayList<Layer>();
        if (predictors == Predictors.SEPARABLE) {
            addDepthwise(layers, name + "_dw", 1);
        }
        layers.add(Conv.pointwise(name, values).withBias());
        layers.add(new Flatten(name + "_flat"));
        return new Sequence("", layers);
    }

    /// The layers that make extra feature map `number`, half the size of the one before.
    private List<Layer> extra(int number) {
        int channels = EXTRA.get(number - 1);
        var name = "extra_" + number;
        var layers = new ArrayList<Layer>();
        addNormed(layers, Conv.pointwise(name + "_reduce", channels(channels / 2)));
        if (predictors == Predictors.SEPARABLE) {
            addDepthwise(layers, name + "_dw", 2);
            addNormed(layers, Conv.pointwise(name, channels(channels)));
        } else {
            addNormed(layers, Conv.of(name, channels(channels), Window.square(3, 2, Padding.SAME)));
        }
        return layers;
    }

    private static void addDepthwise(List<Layer> layers, String name, int stride) {
        addNormed(layers, DepthwiseConv.of(name, Window.square(3, stride, Padding.SAME)));
    }

    private static void addNormed(List<Layer> layers, Layer conv) {
        layers.add(conv);
        layers.add(new BatchNorm(conv.name() + "_bn"));
        layers.add(Activation.relu6(conv.name() + "_relu"));
    }

    private int channels(int full) {
        return Math.max((int) (full * alpha), MIN_DEPTH);
    }
}
