package org.mobilenet4j.arch.zoo;

import java.util.List;
import java.util.Objects;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.Dropout;
import org.mobilenet4j.arch.GlobalAveragePool;
import org.mobilenet4j.arch.LocalResponseNorm;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.tensor.Shape;

/// GoogLeNet (Szegedy et al., arXiv 1409.4842, table 1), without the two auxiliary classifiers, which only training
/// uses. Layer names follow the published Caffe model.
///
/// @param input shape of an image; 224 x 224 x 3 as published
/// @param classes number of classes, at least 1
public record GoogLeNet(Shape input, int classes) {
    private static final List<Row> TABLE = List.of(
            new Row("3a", 64, 96, 128, 16, 32, 32, false),
            new Row("3b", 128, 128, 192, 32, 96, 64, true),
            new Row("4a", 192, 96, 208, 16, 48, 64, false),
            new Row("4b", 160, 112, 224, 24, 64, 64, false),
            new Row("4c", 128, 128, 256, 24, 64, 64, false),
            new Row("4d", 112, 144, 288, 32, 64, 64, false),
            new Row("4e", 256, 160, 320, 32, 128, 128, true),
            new Row("5a", 256, 160, 320, 32, 128, 128, false),
            new Row("5b", 384, 192, 384, 48, 128, 128, false));

    private static final Window POINTWISE = Window.square(1, 1, Padding.SAME);

    /// An Inception module: filters of its four branches, of the reductions before the large windows, and whether
    /// pooling halves the feature map after it.
    private record Row(
            String name,
            int conv1x1,
            int reduce3x3,
            int conv3x3,
            int reduce5x5,
            int conv5x5,
            int projection,
            boolean pooled) {}

    public GoogLeNet {
        Objects.requireNonNull(input, "input");
        Chain.checkClasses("googlenet", classes);
    }

    /// For square photos.
    public static GoogLeNet of(int resolution, int classes) {
        return new GoogLeNet(new Shape(resolution, resolution, 3), classes);
    }

    /// The layers and their shapes.
    public Network network() {
        var chain = new Chain(input)
                .conv("conv1_7x7_s2", 64, Window.square(7, 2, Padding.SYMMETRIC))
                .maxPool("pool1_3x3_s2", 3, 2)
                .add(LocalResponseNorm.alexNet("pool1_norm1"))
                .conv("conv2_3x3_reduce", 64, POINTWISE)
                .conv("conv2_3x3", 192, Window.square(3, 1, Padding.SAME))
                .add(LocalResponseNorm.alexNet("conv2_norm2"))
                .maxPool("pool2_3x3_s2", 3, 2);
        for (var row : TABLE) {
            chain.add(module(chain.shape(), row));
            if (row.pooled()) {
                chain.maxPool("pool" + row.name().charAt(0) + "_3x3_s2", 3, 2);
            }
        }
        return chain.add(new GlobalAveragePool("pool5"))
                .add(new Dropout("pool5_drop", 0.4))
                .add(Dense.of("loss3_classifier", classes))
                .add(new Softmax("prob"))
                .network(Chain.name("googlenet", input));
    }

    private static Parallel module(Shape input, Row row) {
        var name = "inception_" + row.name();
        return new Parallel(
                name + "_output",
                Parallel.Join.CONCATENATE,
                List.of(
                        new Chain(input)
                                .conv(name + "_1x1", row.conv1x1(), POINTWISE)
                                .sequence(),
                        new Chain(input)
                                .conv(name + "_3x3_reduce", row.reduce3x3(), POINTWISE)
                                .conv(name + "_3x3", row.conv3x3(), Window.square(3, 1, Padding.SAME))
                                .sequence(),
                        new Chain(input)
                                .conv(name + "_5x5_reduce", row.reduce5x5(), POINTWISE)
                                .conv(name + "_5x5", row.conv5x5(), Window.square(5, 1, Padding.SAME))
                                .sequence(),
                        new Chain(input)
                                .add(Pool.max(name + "_pool", Window.square(3, 1, Padding.SAME)))
                                .conv(name + "_pool_proj", row.projection(), POINTWISE)
                                .sequence()));
    }
}
