package org.mobilenet4j.app.cli.train;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.mobilenet4j.infer.measure.Machine;
import org.mobilenet4j.train.PassTime;
import org.mobilenet4j.train.TrainingProfile;

/// The report of `train --profile`: the time of each pass of a training step, compared with the machine's limits.
///
/// @param network the network's name
/// @param batch images a step
/// @param threads that shared each step
/// @param steps how many were timed
/// @param medianMillis of a step: the sum of the passes' medians
/// @param imagesPerSecond at that speed
/// @param peakGigaflops of all threads in 10^9 operations per second, a mult-add counting as two
/// @param gigabytesPerSecond read by all threads, if none hinders another, from where a batch's maps lie
/// @param passes in the order in which a step begins them
record StepProfile(
        String network,
        int batch,
        int threads,
        int steps,
        double medianMillis,
        double imagesPerSecond,
        double peakGigaflops,
        double gigabytesPerSecond,
        List<Row> passes) {

    /// A pass of a layer, or of all layers.
    ///
    /// @param layer the layer's name, or `all layers`
    /// @param phase `prepare`, `forward`, `loss`, `backward` or `update`
    /// @param pass what was done
    /// @param leastMillis of the step in which it took least
    /// @param share of the step, from 0 to 1
    /// @param gigaflops 10^9 operations per second on all threads
    /// @param gigabytes 10^9 bytes per second on all threads
    /// @param boundBy `compute` or `memory`; empty without known work
    /// @param reached the shortest time that the machine allows, divided by the measured time: above 1
    ///     where bytes came from a cache; 0 without known work
    record Row(
            String layer,
            String phase,
            String pass,
            double medianMillis,
            double leastMillis,
            double share,
            long multAdds,
            long bytes,
            double gigaflops,
            double gigabytes,
            String boundBy,
            double reached) {}

    static StepProfile of(String network, TrainingProfile profile, Machine one) {
        double all = profile.medianMillis();
        int threads = profile.threads();
        var machine = new Machine(one.peakGigaflops() * threads, one.gigabytesPerSecond() * threads);
        return new StepProfile(
                network,
                profile.batch(),
                threads,
                profile.steps(),
                all,
                1e3 * profile.batch() / all,
                machine.peakGigaflops(),
                machine.gigabytesPerSecond(),
                profile.passes().stream().map(pass -> row(pass, all, machine)).toList());
    }

    private static Row row(PassTime pass, double allMillis, Machine machine) {
        return row(
                pass.layer(),
                pass.phase(),
                pass.pass(),
                pass.medianMillis(),
                pass.leastMillis(),
                pass.multAdds(),
                pass.bytes(),
                allMillis,
                machine);
    }

    private static Row row(
            String layer,
            String phase,
            String pass,
            double millis,
            double leastMillis,
            long multAdds,
            long bytes,
            double allMillis,
            Machine machine) {
        boolean isKnown = multAdds + bytes > 0 && millis > 0;
        return new Row(
                layer,
                phase,
                pass,
                millis,
                leastMillis,
                millis / allMillis,
                multAdds,
                bytes,
                millis > 0 ? 2e-6 * multAdds / millis : 0,
                millis > 0 ? 1e-6 * bytes / millis : 0,
                isKnown ? machine.isBoundByCompute(multAdds, bytes) ? "compute" : "memory" : "",
                isKnown ? machine.leastMillis(multAdds, bytes) / millis : 0);
    }

    /// The passes of all layers added up, the longest first.
    List<Row> totals() {
        var machine = new Machine(peakGigaflops, gigabytesPerSecond);
        return passes.stream().collect(Collectors.groupingBy(row -> List.of(row.phase(), row.pass()))).values().stream()
                .map(rows -> row(
                        "",
                        rows.getFirst().phase(),
                        rows.getFirst().pass(),
                        rows.stream().mapToDouble(Row::medianMillis).sum(),
                        rows.stream().mapToDouble(Row::leastMillis).sum(),
                        rows.stream().mapToLong(Row::multAdds).sum(),
                        rows.stream().mapToLong(Row::bytes).sum(),
                        medianMillis,
                        machine))
                .sorted(Comparator.comparingDouble(Row::medianMillis).reversed())
                .toList();
    }
}
