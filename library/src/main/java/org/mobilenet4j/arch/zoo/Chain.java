package org.mobilenet4j.arch.zoo;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.Dropout;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.tensor.Shape;

/// Builds a chain of layers and tracks its output shape; the tables of the older networks are unrolled with it. Their
/// convolutions have a bias and a ReLU, and no batch normalization.
public final class Chain {
    private final Shape input;
    private final List<Layer> layers = new ArrayList<>();
    private Shape shape;

    public Chain(Shape input) {
        Objects.requireNonNull(input, "input");
        this.input = input;
        this.shape = input;
    }

    public Chain add(Layer layer) {
        shape = layer.outputShape(shape);
        layers.add(layer);
        return this;
    }

    /// A convolution over all channels, its bias and its ReLU.
    public Chain conv(String name, int filters, Window window) {
        return conv(name, filters, window, 1);
    }

    Chain conv(String name, int filters, Window window, int groups) {
        return add(new Conv(name, filters, window, groups, true)).add(relu(name));
    }

    /// A hidden fully connected layer, its bias, its ReLU and its dropout.
    Chain hidden(String name, int units) {
        return add(Dense.of(name, units)).add(relu(name)).add(new Dropout(name + "_dropout", 0.5));
    }

    /// Max pooling with the output size rounded up, as in Caffe: the last window may reach past the end of the
    /// feature map, which is padding at the end that depends on its size.
    public Chain maxPool(String name, int size, int stride) {
        return add(Pool.max(name, Window.square(size, stride, RoundedPools.padding(shape, size, stride))));
    }

    /// The output shape of the layers so far.
    Shape shape() {
        return shape;
    }

    public Network network(String name) {
        return new Network(name, input, sequence());
    }

    Sequence sequence() {
        return new Sequence("", layers);
    }

    /// `vgg16-224`, or `vgg16-224x160`.
    static String name(String family, Shape input) {
        return family + "-" + (input.height() == input.width() ? input.height() : input.height() + "x" + input.width());
    }

    /// @throws IllegalArgumentException unless there is a sensible number of classes
    static void checkClasses(String family, int classes) {
        if (classes < 1 || classes > 1_000_000) {
            throw new BadValueException(
                    "the number of classes of " + family + " must be from 1 to 1000000, not " + classes);
        }
    }

    private static Activation relu(String name) {
        return Activation.relu(name + "_relu");
    }

    /// Such as `Chain[12 layers on 224x224x3]`.
    @Override
    public String toString() {
        return "Chain[" + layers.size() + " layers on " + input + "]";
    }
}
