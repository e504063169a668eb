package org.mobilenet4j.cost;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.error.BadValueException;

/// The exact cost of a network for one image: by layer, by kind and in total.
///
/// Mult-adds are counted as the paper counts them: convolutions and dense layers only; biases, normalization,
/// activations and pooling are free.
///
/// @param network the network
/// @param layers one for each of the network's nodes, in order of execution
/// @param memory memory of the activations
public record Cost(Network network, List<LayerCost> layers, ActivationMemory memory) {
    public Cost {
        Objects.requireNonNull(network, "network");
        Objects.requireNonNull(layers, "layers");
        Objects.requireNonNull(memory, "memory");
        layers = List.copyOf(layers);
    }

    /// Counts `network`.
    public static Cost of(Network network) {
        return new Cost(network, network.nodes().stream().map(LayerCost::of).toList(), ActivationMemory.of(network));
    }

    /// Mult-adds of all layers.
    public long multAdds() {
        return total(layers).multAdds();
    }

    /// Parameters of all layers.
    public ParameterCount parameters() {
        return total(layers).parameters();
    }

    /// The total of each kind of layer in the network, in the order of [Kind].
    public Map<Kind, Total> byKind() {
        var totals = new EnumMap<Kind, Total>(Kind.class);
        for (var layer : layers) {
            totals.merge(layer.kind(), total(List.of(layer)), Total::plus);
        }
        return totals;
    }

    /// The total of `kind`; zero if the network has no such layer.
    public Total total(Kind kind) {
        return total(layers.stream().filter(layer -> layer.kind() == kind).toList());
    }

    /// The layer called `name`.
    ///
    /// @throws IllegalArgumentException when there is no such layer
    public LayerCost layer(String name) {
        return layers.stream()
                .filter(layer -> layer.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new BadValueException("the network " + network.name() + " has no layer called " + name));
    }

    /// A sum over layers.
    ///
    /// @param layers number of layers
    /// @param multAdds of all of them
    /// @param parameters of all of them
    public record Total(int layers, long multAdds, ParameterCount parameters) {
        public Total {
            Objects.requireNonNull(parameters, "parameters");
        }

        /// Zero.
        static final Total NONE = new Total(0, 0, ParameterCount.NONE);

        Total plus(Total other) {
            return new Total(layers + other.layers, multAdds + other.multAdds, parameters.plus(other.parameters));
        }
    }

    private static Total total(List<LayerCost> layers) {
        return layers.stream()
                .map(layer -> new Total(1, layer.multAdds(), layer.parameters()))
                .reduce(Total.NONE, Total::plus);
    }

    /// Such as `Cost[mobilenet-v1-1.0-224, 568,740,352 mult-adds, 4,231,976 parameters, peak 4,816,896 bytes]`.
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "Cost[%s, %,d mult-adds, %,d parameters, peak %,d bytes]",
                network.name(),
                multAdds(),
                parameters().trainable(),
                memory.peakBytes());
    }
}
