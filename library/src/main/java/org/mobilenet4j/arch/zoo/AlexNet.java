package org.mobilenet4j.arch.zoo;

import java.util.List;
import java.util.Objects;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.Flatten;
import org.mobilenet4j.arch.LocalResponseNorm;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.tensor.Shape;

/// AlexNet (Krizhevsky et al., NIPS 2012) as it was trained on two GPUs: three of its convolutions are split into two
/// groups, each of which sees half of the channels. Layer names and the constants of its normalization are those of the
/// published Caffe model.
///
/// @param input shape of an image; 227 x 227 x 3 as published
/// @param classes number of classes, at least 1
public record AlexNet(Shape input, int classes) {
    private static final List<Row> TABLE = List.of(
            new Row(96, 11, 4, Padding.VALID, 1, true, true),
            new Row(256, 5, 1, Padding.SAME, 2, true, true),
            new Row(384, 3, 1, Padding.SAME, 1, false, false),
            new Row(384, 3, 1, Padding.SAME, 2, false, false),
            new Row(256, 3, 1, Padding.SAME, 2, false, true));

    /// Units of each hidden fully connected layer; these and the classifier hold nine tenths of all weights.
    private static final int HIDDEN = 4096;

    private record Row(
            int filters, int kernel, int stride, Padding padding, int groups, boolean normalized, boolean pooled) {}

    public AlexNet {
        Objects.requireNonNull(input, "input");
        Chain.checkClasses("alexnet", classes);
    }

    /// For square photos.
    public static AlexNet of(int resolution, int classes) {
        return new AlexNet(new Shape(resolution, resolution, 3), classes);
    }

    /// The layers and their shapes.
    ///
    /// @throws IllegalArgumentException when the input is too small for its windows
    public Network network() {
        var chain = new Chain(input);
        int number = 0;
        for (var row : TABLE) {
            number++;
            var window = Window.square(row.kernel(), row.stride(), row.padding());
            chain.conv("conv" + number, row.filters(), window, row.groups());
            if (row.normalized()) {
                chain.add(LocalResponseNorm.alexNet("norm" + number));
            }
            if (row.pooled()) {
                chain.maxPool("pool" + number, 3, 2);
            }
        }
        return chain.add(new Flatten("flatten"))
                .hidden("fc6", HIDDEN)
                .hidden("fc7", HIDDEN)
                .add(Dense.of("fc8", classes))
                .add(new Softmax("prob"))
                .network(Chain.name("alexnet", input));
    }
}
