package org.mobilenet4j.train.graph;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.arch.Trait;
import org.mobilenet4j.kernel.Kernels;
import org.mobilenet4j.model.ActivationQuantization;
import org.mobilenet4j.model.NetworkQuantization;
import org.mobilenet4j.train.op.FakeQuantizer;

/// Fake quantization of all feature maps of a network; empty in float training.
public final class FakeQuantizers {
    private final Map<Integer, FakeQuantizer> byValue = new HashMap<>();
    private final Map<String, FakeQuantizer> byLayer = new LinkedHashMap<>();

    /// For float training.
    public FakeQuantizers() {}

    /// @param maps quantization of the network's layers
    /// @param rangeDecay see [FakeQuantizer], for ranges that may move
    /// @param state two floats per range
    public FakeQuantizers(
            NetworkQuantization maps, double rangeDecay, Network network, float[] state, int shards, Kernels kernels) {
        var kernel = kernels.fakeQuantize();
        byValue.put(Node.INPUT, new FakeQuantizer(kernel, maps.input(), 1, state, 0, shards));
        int at = 2;
        for (var node : network.nodes()) {
            var own = maps.layers().get(node.name());
            if (own != null) {
                double decay = mayMove(network, node) ? rangeDecay : 1;
                var range = new FakeQuantizer(kernel, own, decay, state, at, shards);
                byValue.put(node.id(), range);
                byLayer.put(node.name(), range);
                at += 2;
            }
        }
    }

    /// The range of a sigmoid or softmax is fixed, and some layers share the scale of another feature map.
    private static boolean mayMove(Network network, Node node) {
        return !node.layer().is(Trait.PROBABILITIES)
                && !node.layer().is(Trait.SHARES_SCALE)
                && !isReadInScale(network, node.id());
    }

    private static boolean isReadInScale(Network network, int id) {
        return network.nodes().stream()
                .filter(reader -> reader.inputs().contains(id))
                .anyMatch(reader -> reader.layer().is(Trait.SHARES_SCALE)
                        || (reader.layer().is(Trait.MOVES_VALUES) && isReadInScale(network, reader.id())));
    }

    /// The number of floats of state.
    public static int size(NetworkQuantization maps) {
        return 2 + 2 * maps.layers().size();
    }

    public boolean isEmpty() {
        return byValue.isEmpty();
    }

    /// The quantizer of value `id`, if it has its own.
    @Nullable
    FakeQuantizer get(int id) {
        return byValue.get(id);
    }

    /// Called before each batch.
    void start() {
        byValue.values().forEach(FakeQuantizer::start);
    }

    /// The resulting quantization, as stored in a model.
    public NetworkQuantization stored() {
        var layers = new LinkedHashMap<String, ActivationQuantization>();
        byLayer.forEach((name, range) -> layers.put(name, range.stored()));
        return new NetworkQuantization(
                Objects.requireNonNull(byValue.get(Node.INPUT)).stored(), layers);
    }
}
