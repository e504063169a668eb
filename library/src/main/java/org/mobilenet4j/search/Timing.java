package org.mobilenet4j.search;

import java.util.ArrayList;
import java.util.List;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.infer.measure.LayerTime;

/// How long a network took on this machine.
///
/// @param network that was run
/// @param layers of it, each on one thread, or several that are computed together; nothing where only
///     whole images were timed
/// @param medianMillis of whole images, on the threads that were asked for
public record Timing(Network network, List<LayerTime> layers, double medianMillis) {
    public Timing {
        layers = List.copyOf(layers);
    }

    /// The shorter of both times, of each layer and of the whole: what else the machine did in one of the rounds
    /// does not count.
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
