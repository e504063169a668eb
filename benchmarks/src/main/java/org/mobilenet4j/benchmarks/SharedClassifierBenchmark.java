package org.mobilenet4j.benchmarks;

import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.mobilenet4j.classify.Classifier;
import org.mobilenet4j.classify.Prediction;
import org.mobilenet4j.image.Image;
import org.mobilenet4j.image.Preprocessor;
import org.mobilenet4j.infer.Plan;
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
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/// Photos a second of two threads: with one [Classifier] that they share, and with a session and arrays that each has
/// for itself.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Threads(2)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 2)
public class SharedClassifierBenchmark {
    @Param({"1.0", "0.25"})
    private double alpha;

    @Param({"224", "128"})
    private int resolution;

    @SuppressWarnings("NullAway.Init") // by open(), which JMH calls first
    private Classifier classifier;

    @SuppressWarnings("NullAway.Init") // by open(), which JMH calls first
    private Image photo;

    /// A warm plan, and a photo of 640 x 480 pixels.
    @Setup
    public void open() {
        classifier = Classifier.open(BenchmarkModel.mobileNet(alpha, resolution));
        classifier.plan().awaitWarm();
        var rgb = new byte[480 * 640 * 3];
        new Random(1).nextBytes(rgb);
        photo = new Image(480, 640, rgb);
    }

    /// What a thread has for itself.
    @State(Scope.Thread)
    public static class Own {
        @SuppressWarnings("NullAway.Init") // by open(), which JMH calls first
        private Session session;

        @SuppressWarnings("NullAway.Init") // by open(), which JMH calls first
        private Preprocessor preprocessor;

        private float[] input = {};
        private float[] output = {};

        /// A session on the plan of the shared classifier.
        @Setup
        public void open(SharedClassifierBenchmark shared) {
            Plan plan = shared.classifier.plan();
            session = Session.open(plan, 1);
            preprocessor = new Preprocessor(plan.model().preprocessing(), plan.inputShape());
            input = new float[plan.inputShape().elements()];
            output = new float[plan.outputShape().elements()];
        }
    }

    /// By the shared classifier.
    @Benchmark
    public List<Prediction> shared() {
        return classifier.classify(photo, 5);
    }

    /// By hand.
    @Benchmark
    public float[] own(Own own) {
        own.preprocessor.apply(photo, own.input, 0);
        own.session.run(own.input, 1, own.output);
        return own.output;
    }
}
