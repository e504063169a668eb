package org.mobilenet4j.arch.zoo;

import java.util.List;
import java.util.Objects;
import org.mobilenet4j.arch.Dropout;
import org.mobilenet4j.arch.GlobalAveragePool;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.tensor.Shape;

/// SqueezeNet 1.0 (Iandola et al., arXiv 1602.07360, table 1): 1x1 convolutions squeeze the channels before an
/// expansion in which only half the filters are 3x3; there is no fully connected layer. Layer names follow the
/// published Caffe model, except that its `conv10` is padded, which the paper's table does not show; here it is not.
///
/// @param input shape of an image; 227 x 227 x 3 as published (the paper's table says 224, but the 111 x 111 feature
///     map after the first convolution needs 227)
/// @param classes number of classes, at least 1
public record SqueezeNet(Shape input, int classes) {
    /// The Fire modules 2 to 9.
    private static final List<Row> TABLE = List.of(
            new Row(16, 64, false),
            new Row(16, 64, false),
            new Row(32, 128, true),
            new Row(32, 128, false),
            new Row(48, 192, false),
            new Row(48, 192, false),
            new Row(64, 256, true),
            new Row(64, 256, false));

    private static final Window POINTWISE = Window.square(1, 1, Padding.SAME);

    /// A Fire module: filters of the squeeze, filters of each half of the expansion, and whether pooling halves
    /// the feature map after it.
    private record Row(int squeeze, int expand, boolean pooled) {}

    public SqueezeNet {
        Objects.requireNonNull(input, "input");
        Chain.checkClasses("squeezenet", classes);
    }

    /// For square photos.
    public static SqueezeNet of(int resolution, int classes) {
        return new SqueezeNet(new Shape(resolution, resolution, 3), classes);
    }

    /// The layers and their shapes.
    ///
    /// @throws IllegalArgumentException when the input is smaller than the first window
    public Network network() {
        var chain = new Chain(input)
                .conv("conv1", 96, Window.square(7, 2, Padding.VALID))
                .maxPool("pool1", 3, 2);
        int number = 1;
        for (var row : TABLE) {
            number++;
            var fire = "fire" + number;
            chain.conv(fire + "_squeeze1x1", row.squeeze(), POINTWISE).add(expansion(fire, chain.shape(), row));
            if (row.pooled()) {
                chain.maxPool("pool" + number, 3, 2);
            }
        }
        return chain.add(new Dropout("drop9", 0.5))
                .conv("conv10", classes, POINTWISE)
                .add(new GlobalAveragePool("pool10"))
                .add(new Softmax("prob"))
                .network(Chain.name("squeezenet", input));
    }

    private static Parallel expansion(String fire, Shape squeezed, Row row) {
        return new Parallel(
                fire + "_concat",
                Parallel.Join.CONCATENATE,
                List.of(
                        new Chain(squeezed)
                                .conv(fire + "_expand1x1", row.expand(), POINTWISE)
                                .sequence(),
                        new Chain(squeezed)
                                .conv(fire + "_expand3x3", row.expand(), Window.square(3, 1, Padding.SAME))
                                .sequence()));
    }
}
