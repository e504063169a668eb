package org.mobilenet4j.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.infer.measure.LayerTime;

/// The measured latency of a network on this machine.
///
/// @param network the network that was run
/// @param layers times of its layers, or of layers fused into one, on one thread; empty where only whole images were
///     timed
/// @param medianMillis median time of a whole image in milliseconds, on the requested number of threads
public record Timing(Network network, List<LayerTime> layers, double medianMillis) {
    public Timing {
        Objects.requireNonNull(network, "network");
        Objects.requireNonNull(layers, "layers");
        layers = List.copyOf(layers);
    }

    /// The shorter of both times, for each layer and for the whole, so that other load on the machine in one of
    /// the rounds does not count.
    Timing least(Timing other) {
        var least = new ArrayList<LayerTime>();
        for (int i = 0; i < layers.size(); i++) {
            var mine = layers.get(i);
            var theirs = other.layers.get(i);
            least.add(mine.medianMillis() <= theirs.medianMillis() ? mine : theirs);
        }
        return new Timing(network, least, Math.min(medianMillis, other.medianMillis));
    }
}
