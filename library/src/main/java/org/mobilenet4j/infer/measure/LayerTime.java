package org.mobilenet4j.infer.measure;

import java.util.List;

/// How long a plan took for one layer, or for several that it computes together, and how much that was.
///
/// @param layers their names; what became part of them (batch normalization, activation) is not listed
/// @param multAdds multiplications with an addition each
/// @param bytes of weights and feature maps, each read or written once
/// @param medianMillis of several runs
public record LayerTime(List<String> layers, long multAdds, long bytes, double medianMillis) {
    public LayerTime {
        layers = List.copyOf(layers);
    }

    /// The names of the layers, joined.
    public String name() {
        return String.join("+", layers);
    }

    /// Operations a second, in 10^9, a mult-add being two.
    public double gigaflops() {
        return medianMillis == 0 ? 0 : 2e-6 * multAdds / medianMillis;
    }

    /// The share of the most that `machine` could do, from 0 to about 1; 0 for a layer that has nothing to do. A little
    /// more where the layer's maps come from a nearer cache than what was measured.
    public double reached(Machine machine) {
        return medianMillis == 0 ? 0 : machine.leastMillis(multAdds, bytes) / medianMillis;
    }
}
