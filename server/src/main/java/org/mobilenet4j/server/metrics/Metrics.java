package org.mobilenet4j.server.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.function.Supplier;

/// Counts and times of this server, kept by Micrometer and written as Prometheus reads them.
public final class Metrics {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final DistributionSummary batches = DistributionSummary.builder("mobilenet.batch.size")
            .description("Inputs of a batch")
            .serviceLevelObjectives(1, 2, 4, 8)
            .register(registry);

    /// Nothing counted yet.
    public Metrics() {}

    /// A value that is read when it is asked for.
    public void gauge(String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value)
                .description(description)
                .strongReference(true)
                .register(registry);
    }

    /// A batch of `size` inputs was run.
    public void batch(int size) {
        batches.record(size);
    }

    /// A request was answered.
    ///
    /// @param route the pattern of its path, never the path itself, of which there are too many
    public void request(String route, String method, int status, long nanos) {
        Timer.builder("mobilenet.requests")
                .description("Requests by route and status")
                .tag("route", route)
                .tag("method", method)
                .tag("status", "" + status)
                .serviceLevelObjectives(
                        Duration.ofMillis(5),
                        Duration.ofMillis(10),
                        Duration.ofMillis(25),
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(250),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5))
                .register(registry)
                .record(Duration.ofNanos(nanos));
    }

    /// A model was loaded, or could not be.
    public void load(boolean isLoaded) {
        Counter.builder("mobilenet.model.loads")
                .description("Models loaded, and those that could not be")
                .tag("outcome", isLoaded ? "loaded" : "failed")
                .register(registry)
                .increment();
    }

    /// All of it in Prometheus' text format, version 0.0.4.
    public String text() {
        return registry.scrape();
    }
}
