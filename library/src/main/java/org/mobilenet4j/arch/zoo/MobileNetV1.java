package org.mobilenet4j.arch.zoo;

import java.util.ArrayList;
import java.util.List;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.Dropout;
import org.mobilenet4j.arch.GlobalAveragePool;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.tensor.Shape;

/// MobileNet v1 (Howard et al., arXiv 1704.04861): one table, a width multiplier and an input size.
///
/// [#network] derives everything else. Names are Keras's: `conv1`, `conv_dw_1`, `conv_pw_1`, ..., `conv_preds`.
///
/// @param alpha width multiplier: every layer has `max((int) (channels * alpha), minDepth)` channels
/// @param input shape of an image, from 32 x 32 up, not necessarily square; three channels for photos
/// @param classes number of classes, or 0 for the features before pooling
/// @param variant the body of the network
/// @param outputStride 8, 16 or 32: once it is reached, strides become dilations, as in TF-Slim
/// @param padding of the 3x3 layers: [Padding#SAME] as TF-Slim; [Padding#SYMMETRIC] as PyTorch and TF-Slim's
///     `use_explicit_padding`; an explicit one applies to the strided depthwise layers alone, as Keras's (0,1,0,1)
/// @param minDepth fewest channels a layer may have: TF-Slim 8, Keras none (1)
public record MobileNetV1(
        double alpha, Shape input, int classes, Variant variant, int outputStride, Padding padding, int minDepth) {

    /// Channels of the first convolution, before alpha.
    private static final int STEM_CHANNELS = 32;

    /// Table 1 of the paper, as (stride, channels) of each depthwise separable layer. The paper prints the last
    /// stride as 2, though the 7x7 feature map stays 7x7; it must be 1, as in TF-Slim.
    private static final List<Row> TABLE = List.of(
            new Row(1, 64),
            new Row(2, 128),
            new Row(1, 128),
            new Row(2, 256),
            new Row(1, 256),
            new Row(2, 512),
            new Row(1, 512),
            new Row(1, 512),
            new Row(1, 512),
            new Row(1, 512),
            new Row(1, 512),
            new Row(2, 1024),
            new Row(1, 1024));

    /// Dropout before the classifier: TF-Slim keeps 0.999.
    private static final double DROPOUT = 1e-3;

    private record Row(int stride, int channels) {}

    /// The bodies that the paper compares.
    public enum Variant {
        /// Table 1: depthwise separable convolutions.
        SEPARABLE,
        /// Table 4's Conv MobileNet: a full 3x3 convolution in place of each separable one.
        CONV,
        /// Table 5's Shallow MobileNet: without the five layers of 14 x 14 x 512.
        SHALLOW
    }

    public MobileNetV1 {
        if (!(alpha > 0 && alpha <= 16)) {
            throw new BadValueException("alpha must lie above 0 and up to 16, not " + alpha);
        }
        if (input.height() < 32 || input.width() < 32) {
            throw new BadValueException("MobileNet takes images from 32x32 up, not " + input);
        }
        if (classes < 0 || classes > 1_000_000) {
            throw new BadValueException("the number of classes must be from 0 to 1000000, not " + classes);
        }
        if (outputStride != 8 && outputStride != 16 && outputStride != 32) {
            throw new BadValueException("the output stride must be 8, 16 or 32, not " + outputStride);
        }
        if (minDepth < 1) {
            throw new BadValueException("the minimum depth must be positive, not " + minDepth);
        }
    }

    /// TF-Slim's network for square images.
    public static MobileNetV1 of(double alpha, int resolution, int classes) {
        return new MobileNetV1(
                alpha, new Shape(resolution, resolution, 3), classes, Variant.SEPARABLE, 32, Padding.SAME, 8);
    }

    /// With another input shape.
    public MobileNetV1 withInput(Shape newInput) {
        return new MobileNetV1(alpha, newInput, classes, variant, outputStride, padding, minDepth);
    }

    /// With another body.
    public MobileNetV1 withVariant(Variant newVariant) {
        return new MobileNetV1(alpha, input, classes, newVariant, outputStride, padding, minDepth);
    }

    /// With another output stride.
    public MobileNetV1 withOutputStride(int newOutputStride) {
        return new MobileNetV1(alpha, input, classes, variant, newOutputStride, padding, minDepth);
    }

    /// With another padding.
    public MobileNetV1 withPadding(Padding newPadding) {
        return new MobileNetV1(alpha, input, classes, variant, outputStride, newPadding, minDepth);
    }

    /// With another minimum depth.
    public MobileNetV1 withMinDepth(int newMinDepth) {
        return new MobileNetV1(alpha, input, classes, variant, outputStride, padding, newMinDepth);
    }

    /// For example `mobilenet-v1-0.25-128`, or `mobilenet-v1-conv-1.0-224x160`.
    public String name() {
        String kind = switch (variant) {
            case SEPARABLE -> "";
            case CONV -> "conv-";
            case SHALLOW -> "shallow-";
        };
        String size =
                input.height() == input.width() ? String.valueOf(input.height()) : input.height() + "x" + input.width();
        return "mobilenet-v1-" + kind + alpha + "-" + size;
    }

    /// The layers and their shapes.
    public Network network() {
        var layers = new ArrayList<Layer>();
        addConv(
                layers,
                "conv1",
                channels(STEM_CHANNELS),
                new Window(3, 3, 2, 1, isExplicit() ? Padding.SAME : padding));
        int strideSoFar = 2;
        int rate = 1;
        int block = 0;
        for (var row : rows()) {
            block++;
            int stride = row.stride();
            int dilation = 1;
            if (strideSoFar == outputStride) { // from here on strides turn into dilations
                dilation = rate;
                rate *= stride;
                stride = 1;
            } else {
                strideSoFar *= stride;
            }
            addBlock(layers, block, channels(row.channels()), stride, dilation);
        }
        if (classes > 0) {
            layers.add(new GlobalAveragePool("global_average_pooling"));
            layers.add(new Dropout("dropout", DROPOUT));
            layers.add(Dense.of("conv_preds", classes));
            layers.add(new Softmax("predictions"));
        }
        return new Network(name(), input, new Sequence("", layers));
    }

    private List<Row> rows() {
        return variant == Variant.SHALLOW
                ? java.util.stream.IntStream.range(0, TABLE.size())
                        .filter(i -> i < 6 || i > 10)
                        .mapToObj(TABLE::get)
                        .toList()
                : TABLE;
    }

    private void addBlock(List<Layer> layers, int block, int channels, int stride, int dilation) {
        var window = new Window(3, 3, stride, dilation, isExplicit() && stride == 1 ? Padding.SAME : padding);
        if (variant == Variant.CONV) {
            addConv(layers, "conv_" + block, channels, window);
            return;
        }
        String depthwise = "conv_dw_" + block;
        layers.add(DepthwiseConv.of(depthwise, window));
        addNorm(layers, depthwise);
        String pointwise = "conv_pw_" + block;
        layers.add(Conv.pointwise(pointwise, channels));
        addNorm(layers, pointwise);
    }

    private static void addConv(List<Layer> layers, String name, int channels, Window window) {
        layers.add(Conv.of(name, channels, window));
        addNorm(layers, name);
    }

    private static void addNorm(List<Layer> layers, String name) {
        layers.add(new BatchNorm(name + "_bn"));
        layers.add(Activation.relu6(name + "_relu"));
    }

    private int channels(int full) {
        return Math.max((int) (full * alpha), minDepth);
    }

    private boolean isExplicit() {
        return padding instanceof Padding.Explicit;
    }
}
