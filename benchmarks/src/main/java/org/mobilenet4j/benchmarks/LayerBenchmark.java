package org.mobilenet4j.benchmarks;

import java.util.concurrent.TimeUnit;
import org.mobilenet4j.infer.Plan;
import org.mobilenet4j.infer.SessionOptions;
import org.mobilenet4j.infer.measure.LayerRun;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// A kernel on one thread, exactly as MobileNet's plan uses it, with its planes, strides and zero padding.
///
/// The plan is warm, so every kernel of the network has left its profile in the JIT, as in a real process.
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public abstract class LayerBenchmark {
    @Param("1.0")
    private double alpha;

    @Param("224")
    private int resolution;

    @Param("AUTOMATIC")
    private SessionOptions.Kernels kernels = SessionOptions.Kernels.AUTOMATIC;

    @SuppressWarnings("NullAway.Init") // by open(), which JMH calls first
    private LayerRun layer;

    /// Billions of floating-point operations per second, a mult-add counting as two; not reported for pooling,
    /// which has no mult-adds.
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    @State(Scope.Thread)
    public static class Work {
        /// Summed over the runs; JMH divides by the time.
        public double gigaflops;

        /// JMH measures in iterations.
        @Setup(Level.Iteration)
        public void reset() {
            gigaflops = 0;
        }
    }

    /// The layer to measure.
    abstract String layer();

    /// Finds the layer and its kernel.
    @Setup
    public void open() {
        var plan = Plan.ofLayers(BenchmarkModel.mobileNet(alpha, resolution), kernels);
        plan.awaitWarm();
        layer = LayerRun.of(plan, layer());
    }

    /// Runs the layer once.
    @Benchmark
    public void run(Work work) {
        layer.run();
        work.gigaflops += layer.multAdds() * 2e-9;
    }
}
