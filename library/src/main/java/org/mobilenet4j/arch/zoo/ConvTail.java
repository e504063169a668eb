package org.mobilenet4j.arch.zoo;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.Layer;

/// The batch normalization and activation that follow a convolution; both are optional.
@SuppressWarnings("exports") // users compile without the annotations, as with all of ours
public record ConvTail(@Nullable BatchNorm norm, @Nullable Activation activation) {
    /// The tail of layer `index` of `layers`.
    public static ConvTail after(List<Layer> layers, int index) {
        int next = index + 1;
        var norm = next < layers.size() && layers.get(next) instanceof BatchNorm found ? found : null;
        next += norm == null ? 0 : 1;
        var activation = next < layers.size() && layers.get(next) instanceof Activation found ? found : null;
        return new ConvTail(norm, activation);
    }

    /// The number of its layers: none, one or two.
    public int size() {
        return (norm == null ? 0 : 1) + (activation == null ? 0 : 1);
    }

    /// Epsilon of the batch normalization, or MobileNet's if there is none.
    public double epsilon() {
        return norm == null ? BatchNorm.DEFAULT_EPSILON : norm.epsilon();
    }

    /// Function of the activation, or ReLU if there is none.
    public Activation.Function function() {
        return activation == null ? Activation.Function.RELU : activation.function();
    }

    /// The same layers after a convolution of another name: names that began with the old name begin with the new
    /// one, others become Keras's.
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
