package org.mobilenet4j.server.cost;

import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.infer.measure.Repetition;
import org.mobilenet4j.search.LatencyModel;
import org.mobilenet4j.search.Timings;

/// Latencies on this machine, one image on one thread. A prediction needs a model of the machine, which some seconds
/// of measuring in the background give once somebody has asked; a measurement takes its time each time. One of either
/// runs at a time.
public final class Latencies {
    private static final Timings TO_FIT = new Timings(1, 2, new Repetition(40, 15_000_000));
    private static final Timings TO_MEASURE = new Timings(1, 3, new Repetition(100, 100_000_000));

    private final Semaphore processor = new Semaphore(1);
    private final Object lock = new Object();
    private CompletableFuture<LatencyModel> model = new CompletableFuture<>();
    private boolean isBegun;

    /// The predicted milliseconds, once they can be.
    OptionalDouble predicted(Network network) {
        synchronized (lock) {
            if (!isBegun) {
                isBegun = true;
                model = CompletableFuture.supplyAsync(
                        this::fitted,
                        task -> Thread.ofPlatform()
                                .daemon()
                                .name("latency-model")
                                .start(task));
            }
            return model.isDone() && !model.isCompletedExceptionally()
                    ? OptionalDouble.of(model.join().millis(network))
                    : OptionalDouble.empty();
        }
    }

    private LatencyModel fitted() {
        processor.acquireUninterruptibly();
        try {
            return LatencyModel.fit(TO_FIT.measure(LatencyModel.toMeasure(), true, () -> {}));
        } finally {
            processor.release();
        }
    }

    /// The measured milliseconds; empty if something else is being measured.
    OptionalDouble measured(Network network) {
        if (!processor.tryAcquire()) {
            return OptionalDouble.empty();
        }
        try {
            return OptionalDouble.of(TO_MEASURE
                    .measure(List.of(network), false, () -> {})
                    .getFirst()
                    .medianMillis());
        } finally {
            processor.release();
        }
    }
}
