package org.mobilenet4j.infer.measure;

import java.util.List;
import java.util.Objects;

/// How long a plan took for one layer, or for several fused layers, and their cost.
///
/// @param layers their names; folded batch normalization and activations are not listed
/// @param multAdds multiply-adds
/// @param bytes weights and feature maps, each read or written once
/// @param medianMillis median of several runs
public record LayerTime(List<String> layers, long multAdds, long bytes, double medianMillis) {
    public LayerTime {
        Objects.requireNonNull(layers, "layers");
        layers = List.copyOf(layers);
    }

    /// The names of the layers, joined.
    public String name() {
        return String.join("+", layers);
    }

    /// Operations per second, in 10^9; a mult-add counts as two.
    public double gigaflops() {
        return medianMillis == 0 ? 0 : 2e-6 * multAdds / medianMillis;
    }

    /// The fraction of this machine's roofline limit that was reached, from 0 to about 1; 0 for a layer without
    /// work. It may exceed 1 slightly where feature maps come from a nearer cache than the measured one.
    public double reached(Machine machine) {
        return medianMillis == 0 ? 0 : machine.leastMillis(multAdds, bytes) / medianMillis;
    }
}
