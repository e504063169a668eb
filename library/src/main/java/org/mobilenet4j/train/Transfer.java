package org.mobilenet4j.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.BilinearResize;
import org.mobilenet4j.arch.ChannelShuffle;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.Dropout;
import org.mobilenet4j.arch.Flatten;
import org.mobilenet4j.arch.GlobalAveragePool;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.LocalResponseNorm;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.arch.Nonlinearity;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.arch.Prelu;
import org.mobilenet4j.arch.Requantize;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Sigmoid;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.arch.ZeroPad;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.model.OutputMeaning;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.Tensor;

/// Transfer learning: keeps a trained network's body, and replaces its last layer with weights if the classes differ.
public final class Transfer {
    private Transfer() {}

    /// `network` with as many outputs as there are `classes`; a single sigmoid is left to tell two apart.
    ///
    /// @throws IllegalArgumentException if it does not end in a dense layer or a convolution
    public static Network withClasses(Network network, int classes) {
        if (OutputMeaning.classes(network) == classes) {
            return network;
        }
        return new Network(network.name(), network.input(), replaceLast(network.body(), network.name(), classes));
    }

    private static Layer replaceLast(Layer layer, String name, int classes) {
        return switch (layer) {
            case Dense dense -> dense.withUnits(classes);
            case Conv conv -> conv.withFilters(classes);
            case Sequence sequence -> {
                var layers = new ArrayList<>(sequence.layers());
                int last = layers.size() - 1;
                while (last >= 0 && !hasWeights(layers.get(last))) {
                    last--;
                }
                if (last < 0) {
                    throw noHead(name);
                }
                layers.set(last, replaceLast(layers.get(last), name, classes));
                yield new Sequence(sequence.name(), layers);
            }
            case DepthwiseConv _,
                    BatchNorm _,
                    Activation _,
                    Pool _,
                    GlobalAveragePool _,
                    Flatten _,
                    Dropout _,
                    Softmax _,
                    Sigmoid _,
                    Nonlinearity _,
                    Prelu _,
                    LocalResponseNorm _,
                    ChannelShuffle _,
                    ZeroPad _,
                    BilinearResize _,
                    Requantize _,
                    Parallel _ -> throw noHead(name);
        };
    }

    private static boolean hasWeights(Layer layer) {
        return switch (layer) {
            case Dense _, Conv _ -> true;
            case Sequence sequence -> sequence.layers().stream().anyMatch(Transfer::hasWeights);
            case DepthwiseConv _,
                    BatchNorm _,
                    Activation _,
                    Pool _,
                    GlobalAveragePool _,
                    Flatten _,
                    Dropout _,
                    Softmax _,
                    Sigmoid _,
                    Nonlinearity _,
                    Prelu _,
                    LocalResponseNorm _,
                    ChannelShuffle _,
                    ZeroPad _,
                    BilinearResize _,
                    Requantize _,
                    Parallel _ -> false;
        };
    }

    private static BadValueException noHead(String name) {
        return new BadValueException("the network " + name
                + " does not end in a dense layer or a convolution, so its classes cannot be replaced");
    }

    /// `start` with all tensors replaced that have the same name and dimensions in `learned`.
    ///
    /// @throws IllegalArgumentException if there is none
    public static Weights adopt(Weights start, Weights learned) {
        var tensors = new LinkedHashMap<String, Tensor>(start.tensors());
        int adopted = 0;
        for (var entry : learned.tensors().entrySet()) {
            var own = tensors.get(entry.getKey());
            if (own != null && own.dims().equals(entry.getValue().dims())) {
                tensors.put(entry.getKey(), entry.getValue());
                adopted++;
            }
        }
        if (adopted == 0) {
            throw new BadValueException(
                    "the model to start from has no tensor in common with the network; choose the same network");
        }
        return new Weights(tensors);
    }

    /// Which layers are trained if all up to `last`, in the network's order, are frozen.
    ///
    /// @throws IllegalArgumentException if there is no such layer
    public static Predicate<String> after(Network network, String last) {
        Set<String> frozen = new TreeSet<>();
        for (var node : network.nodes()) {
            frozen.add(node.name());
            if (node.name().equals(last)) {
                return name -> !frozen.contains(name);
            }
        }
        throw new BadValueException("the network " + network.name() + " has no layer called " + last + "; it has "
                + String.join(", ", names(network)));
    }

    /// Only the last layer with weights.
    public static Predicate<String> headOnly(Network network) {
        return head(network)::equals;
    }

    /// The layers of `network` with weights but the last; no layer of another network.
    static Predicate<String> isBody(Network network) {
        var body = new TreeSet<>(names(network));
        body.remove(head(network));
        return body::contains;
    }

    private static String head(Network network) {
        return network.nodes().reversed().stream()
                .filter(node -> !node.parameters().isEmpty())
                .findFirst()
                .map(Node::name)
                .orElse("");
    }

    /// The layers of `network`, but the last with weights, whose weights are not in `learned`, and stay random.
    public static List<String> notAdopted(Network network, Weights learned) {
        var missing = new TreeSet<String>();
        var tensors = learned.tensors();
        network.parameters().forEach((name, parameter) -> {
            var found = tensors.get(name);
            if (found == null || !found.dims().equals(parameter.dims())) {
                missing.add(name.substring(0, name.lastIndexOf('/')));
            }
        });
        return names(network).stream()
                .filter(isBody(network).and(missing::contains))
                .toList();
    }

    private static List<String> names(Network network) {
        return network.nodes().stream()
                .filter(node -> !node.parameters().isEmpty())
                .map(Node::name)
                .toList();
    }
}
