package org.mobilenet4j.app.cli.benchmark;

import java.util.List;
import java.util.stream.Collectors;
import org.mobilenet4j.cost.Cost;
import org.mobilenet4j.infer.measure.LayerTime;
import org.mobilenet4j.infer.measure.Machine;
import org.mobilenet4j.infer.measure.Profile;

/// The time of each layer for one image, compared with the machine's peak and bandwidth.
///
/// @param threads always one
/// @param runs how many were timed
/// @param medianMillis the sum of the layers' medians
/// @param boundMillis the sum of the layers' bounds
/// @param peakGigaflops measured peak in 10^9 operations per second, a mult-add counting as two
/// @param gigabytesPerSecond read bandwidth over as many bytes as one image touches
/// @param layers the plan's steps, in order
record LayerProfile(
        int threads,
        int runs,
        double medianMillis,
        double boundMillis,
        double peakGigaflops,
        double gigabytesPerSecond,
        List<Layer> layers) {

    /// One step of the plan.
    ///
    /// @param name of the layer, or of the fused layers, joined by `+`
    /// @param kind as `cost` names it; kinds of fused layers are joined by `+`
    /// @param bytes of weights and feature maps, each read or written once
    /// @param share of the total time, from 0 to 1
    /// @param boundMillis the shortest time that the machine's peak and bandwidth allow
    /// @param boundGigaflops the same as a rate; 0 without mult-adds
    /// @param boundBy `compute` or `memory`
    /// @param reached bound divided by measured time, from 0 to about 1
    record Layer(
            String name,
            String kind,
            long multAdds,
            long bytes,
            double medianMillis,
            double share,
            double gigaflops,
            double boundMillis,
            double boundGigaflops,
            String boundBy,
            double reached) {

        static Layer of(LayerTime layer, String kind, double allMillis, Machine machine) {
            double bound = machine.leastMillis(layer.multAdds(), layer.bytes());
            return new Layer(
                    layer.name(),
                    kind,
                    layer.multAdds(),
                    layer.bytes(),
                    layer.medianMillis(),
                    layer.medianMillis() / allMillis,
                    layer.gigaflops(),
                    bound,
                    layer.multAdds() == 0 ? 0 : 2e-6 * layer.multAdds() / bound,
                    machine.isBoundByCompute(layer.multAdds(), layer.bytes()) ? "compute" : "memory",
                    layer.reached(machine));
        }
    }

    static LayerProfile of(Profile profile, Cost cost, Machine machine) {
        double all = profile.medianMillis();
        var layers = profile.layers().stream()
                .map(layer -> Layer.of(layer, kind(layer, cost), all, machine))
                .toList();
        return new LayerProfile(
                1,
                profile.runs(),
                all,
                layers.stream().mapToDouble(Layer::boundMillis).sum(),
                machine.peakGigaflops(),
                machine.gigabytesPerSecond(),
                layers);
    }

    private static String kind(LayerTime layer, Cost cost) {
        return layer.layers().stream()
                .map(name -> cost.layer(name).kind().label())
                .collect(Collectors.joining("+"));
    }
}
