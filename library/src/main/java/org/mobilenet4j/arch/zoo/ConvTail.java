package org.mobilenet4j.arch.zoo;

import java.util.ArrayList;
import java.util.List;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.Layer;

/// What belongs to a convolution and stands behind it: batch normalisation and activation, as far as they are there.
///
/// @param layers none, one or both
public record ConvTail(List<Layer> layers) {
    public ConvTail {
        layers = List.copyOf(layers);
    }

    /// What stands behind layer `index` of `layers`.
    public static ConvTail after(List<Layer> layers, int index) {
        var tail = new ArrayList<Layer>();
        int next = index + 1;
        if (next < layers.size() && layers.get(next) instanceof BatchNorm) {
            tail.add(layers.get(next++));
        }
        if (next < layers.size() && layers.get(next) instanceof Activation) {
            tail.add(layers.get(next));
        }
        return new ConvTail(tail);
    }

    boolean isNormalised() {
        return !layers.isEmpty() && layers.getFirst() instanceof BatchNorm;
    }

    /// Of the batch normalisation, or MobileNet's where there is none.
    public double epsilon() {
        return isNormalised() && layers.getFirst() instanceof BatchNorm norm
                ? norm.epsilon()
                : BatchNorm.DEFAULT_EPSILON;
    }

    /// Of the activation, or ReLU where there is none.
    public Activation.Function function() {
        return !layers.isEmpty() && layers.getLast() instanceof Activation activation
                ? activation.function()
                : Activation.Function.RELU;
    }

    /// The same layers behind a convolution of another name: names that begin with the old one begin with the new one,
    /// and others are Keras's.
    public List<Layer> renamed(String from, String to) {
        var renamed = new ArrayList<Layer>();
        for (var layer : layers) {
            var end = layer.name().startsWith(from) ? layer.name().substring(from.length()) : "";
            renamed.add(
                    switch (layer) {
                        case BatchNorm norm -> new BatchNorm(to + (end.isEmpty() ? "_bn" : end), norm.epsilon());
                        case Activation activation ->
                            new Activation(to + (end.isEmpty() ? "_relu" : end), activation.function());
                        default -> layer;
                    });
        }
        return renamed;
    }
}
