package org.mobilenet4j.arch.zoo;

import java.util.List;
import java.util.Objects;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.Flatten;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.tensor.Shape;

/// VGG's configuration D (Simonyan and Zisserman, arXiv 1409.1556): 3x3 convolutions only, and three fully connected
/// layers. Layer names are Keras's.
///
/// @param input shape of an image; 224 x 224 x 3 as published
/// @param classes number of classes, at least 1
public record Vgg16(Shape input, int classes) {
    /// For each block, the number of convolutions before its pooling and their filters.
    private static final List<Row> TABLE =
            List.of(new Row(2, 64), new Row(2, 128), new Row(3, 256), new Row(3, 512), new Row(3, 512));

    private static final int HIDDEN = 4096;

    private record Row(int convolutions, int filters) {}

    public Vgg16 {
        Objects.requireNonNull(input, "input");
        Chain.checkClasses("vgg16", classes);
    }

    /// For square photos.
    public static Vgg16 of(int resolution, int classes) {
        return new Vgg16(new Shape(resolution, resolution, 3), classes);
    }

    /// The layers and their shapes.
    ///
    /// @throws IllegalArgumentException when the input is smaller than 32 x 32
    public Network network() {
        var chain = new Chain(input);
        int number = 0;
        for (var row : TABLE) {
            number++;
            var block = "block" + number;
            for (int i = 1; i <= row.convolutions(); i++) {
                chain.conv(block + "_conv" + i, row.filters(), Window.square(3, 1, Padding.SAME));
            }
            chain.add(Pool.max(block + "_pool", Window.square(2, 2, Padding.VALID)));
        }
        return chain.add(new Flatten("flatten"))
                .hidden("fc1", HIDDEN)
                .hidden("fc2", HIDDEN)
                .add(Dense.of("predictions", classes))
                .add(new Softmax("prob"))
                .network(Chain.name("vgg16", input));
    }
}
