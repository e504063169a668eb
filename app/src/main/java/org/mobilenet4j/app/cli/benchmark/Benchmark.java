package org.mobilenet4j.app.cli.benchmark;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.app.cli.options.ArithmeticOption;
import org.mobilenet4j.app.cli.text.Host;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.cost.Cost;
import org.mobilenet4j.infer.Session;
import org.mobilenet4j.infer.measure.Times;
import org.mobilenet4j.tensor.Shape;

/// The report of `benchmark`. Times are per batch.
///
/// @param network the network's name
/// @param weights the model's file, or `random`
/// @param input rows, columns, channels of an image
/// @param multAdds of one image
/// @param kernels which kernels ran: `plain loops`, `512-bit vectors`, `machine code for avx512`, ...
/// @param arithmetic `integer` or `float`
/// @param threads used
/// @param batch images per run
/// @param runs how many were timed
/// @param imagesPerSecond over all runs
/// @param gigaflops 10^9 operations per second in the median run, a mult-add counting as two
/// @param host where it ran
/// @param profile layer by layer, with `--profile`
record Benchmark(
        String network,
        String weights,
        List<Integer> input,
        long multAdds,
        String kernels,
        String arithmetic,
        int threads,
        int batch,
        int runs,
        double minMillis,
        double medianMillis,
        double p90Millis,
        double p99Millis,
        double imagesPerSecond,
        double gigaflops,
        Host host,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable LayerProfile profile) {

    static Benchmark of(String weights, Session session, int batch, Times times, @Nullable LayerProfile profile) {
        Network network = session.plan().model().network();
        long multAdds = Cost.of(network).multAdds();
        return new Benchmark(
                network.name(),
                weights,
                dims(network.input()),
                multAdds,
                session.plan().kernelDescription(),
                ArithmeticOption.of(session.plan()),
                session.threads(),
                batch,
                times.count(),
                times.minMillis(),
                times.medianMillis(),
                times.percentileMillis(90),
                times.percentileMillis(99),
                1e3 * batch * times.count() / times.totalMillis(),
                2e-6 * multAdds * batch / times.medianMillis(),
                Host.current(),
                profile);
    }

    private static List<Integer> dims(Shape shape) {
        return List.of(shape.height(), shape.width(), shape.channels());
    }
}
