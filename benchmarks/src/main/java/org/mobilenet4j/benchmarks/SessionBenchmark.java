package org.mobilenet4j.benchmarks;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.mobilenet4j.infer.Session;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Whole networks: the time of one run of `batch` images once the plan is warm. With `-prof gc` it shows that a run
/// allocates nothing.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class SessionBenchmark {
    @Param({"1.0", "0.25"})
    private double alpha;

    @Param({"224", "128"})
    private int resolution;

    @Param("1")
    private int threads;

    @Param("1")
    private int batch;

    @SuppressWarnings("NullAway.Init") // by open(), which JMH calls first
    private Session session;

    private float[] input = {};
    private float[] output = {};

    /// A warm session and random images.
    @Setup
    public void open() {
        session = Session.open(BenchmarkModel.mobileNet(alpha, resolution), threads);
        if (session.threads() != threads) {
            throw new IllegalArgumentException("this machine has only " + session.threads() + " processors");
        }
        session.plan().awaitWarm();
        input = new float[batch * session.plan().inputShape().elements()];
        output = new float[batch * session.plan().outputShape().elements()];
        var random = new Random(1);
        for (int i = 0; i < input.length; i++) {
            input[i] = random.nextFloat(-1, 1);
        }
    }

    /// One batch.
    @Benchmark
    public float[] run() {
        session.run(input, batch, output);
        return output;
    }
}
