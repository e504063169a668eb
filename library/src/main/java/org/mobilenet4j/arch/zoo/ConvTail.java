package org.mobilenet4j.arch.zoo;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.Layer;

/// What belongs to a convolution and stands behind it: batch normalization and activation, as far as they are there.
public record ConvTail(@Nullable BatchNorm norm, @Nullable Activation activation) {
    /// What stands behind layer `index` of `layers`.
    public static ConvTail after(List<Layer> layers, int index) {
        int next = index + 1;
        var norm = next < layers.size() && layers.get(next) instanceof BatchNorm found ? found : null;
        next += norm == null ? 0 : 1;
        var activation = next < layers.size() && layers.get(next) instanceof Activation found ? found : null;
        return new ConvTail(norm, activation);
    }

    /// How many layers it has: none, one or two.
    public int size() {
        return (norm == null ? 0 : 1) + (activation == null ? 0 : 1);
    }

    /// Of the batch normalization, or MobileNet's where there is none.
    public double epsilon() {
        return norm == null ? BatchNorm.DEFAULT_EPSILON : norm.epsilon();
    }

    /// Of the activation, or ReLU where there is none.
    public Activation.Function function() {
        return activation == null ? Activation.Function.RELU : activation.function();
    }

    /// The same layers behind a convolution of another name: names that begin with the old one begin with the new one,
    /// and others are Keras's.
    public List<Layer> renamed(String from, String to) {
        var renamed = new ArrayList<Layer>();
        if (norm != null) {
            renamed.add(new BatchNorm(to + end(norm, from, "_bn"), norm.epsilon()));
        }
        if (activation != null) {
            renamed.add(new Activation(to + end(activation, from, "_relu"), activation.function()));
        }
        return renamed;
    }

    private static String end(Layer layer, String from, String usual) {
        var end = layer.name().startsWith(from) ? layer.name().substring(from.length()) : "";
        return end.isEmpty() ? usual : end;
    }
}
