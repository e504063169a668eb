package org.mobilenet4j.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.zoo.MobileNetV1;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.kernel.variant.KernelVariant;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.Shape;

@Tag("contract")
class SessionTest {
    private static final Map<KernelVariant, String> CONVOLUTIONS = Map.of(
            KernelVariant.SCALAR, "ScalarConv",
            KernelVariant.VECTOR, "VectorConv",
            KernelVariant.MACHINE, "RecipeKernel");

    private static Model model(Network network) {
        return new Model(network, Weights.random(network, 1), List.of(), Preprocessing.TF_SLIM);
    }

    private static Model small() {
        return model(MobileNetV1.of(0.25, 64, 10).network());
    }

    private static float[] images(Network network, int count) {
        var random = new Random(7);
        var values = new float[network.input().elements() * count];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat() * 2 - 1;
        }
        return values;
    }

    /// Within 1e-5 of the largest output.
    private static void assertAgrees(float[] actual, double[] expected) {
        double largest = 1;
        for (double value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertThat(actual).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) actual[i]).as("output %s", i).isEqualTo(expected[i], within(1e-5 * largest));
        }
    }

    private static void assertRunsAsInterpreted(Network network) {
        var model = model(network);
        var input = images(network, 1);
        var expected = new Interpreter(model).run(input);

        var scalar = Session.open(model, SessionOptions.DEFAULT.withKernels(SessionOptions.Kernels.SCALAR))
                .run(input, 1);
        assertAgrees(scalar, expected);
        var vectors = KernelVariant.preferredForArrays() == KernelVariant.VECTOR
                ? SessionOptions.DEFAULT.withKernels(SessionOptions.Kernels.VECTOR)
                : SessionOptions.DEFAULT;
        var fast = Session.open(model, vectors).run(input, 1);
        assertAgrees(fast, expected);
        assertThat(Session.open(model, vectors.withThreads(2)).run(input, 1)).isEqualTo(fast);
        assertThat(scalar).as("the same bits from plain loops").isEqualTo(fast);
        assertMachineCodeAgrees(model, fast);
    }

    /// Of two images in one batch, on one thread and two, where the process has machine code.
    private static void assertMachineCodeAgrees(Model model, float[] first) {
        var plan = Plan.of(model, SessionOptions.Kernels.MACHINE);
        assertThat(plan.kernels() == SessionOptions.Kernels.MACHINE)
                .isEqualTo(KernelVariant.available().contains(KernelVariant.MACHINE));
        var inputs = images(model.network(), 2);
        var expected = Session.open(model, SessionOptions.DEFAULT.withKernels(SessionOptions.Kernels.SCALAR))
                .run(inputs, 2);
        for (int threads = 1; threads <= 2; threads++) {
            var session = Session.open(plan, threads);
            assertThat(session.run(Arrays.copyOf(inputs, inputs.length / 2), 1))
                    .as("the same bits from machine code")
                    .isEqualTo(first);
            assertThat(session.run(inputs, 2)).isEqualTo(expected);
        }
    }

    @Test
    void randomNetworksOfEveryLayer() {
        for (int seed = 0; seed < 150; seed++) {
            var network = RandomNetworks.of(seed);
            try {
                assertRunsAsInterpreted(network);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("network " + seed + ": " + network.body(), e);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyBody(MobileNetV1.Variant variant) {
        assertRunsAsInterpreted(MobileNetV1.of(0.25, 40, 7).withVariant(variant).network());
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 16, 32})
    void everyOutputStrideAndPadding(int outputStride) {
        for (var padding : List.of(Padding.SAME, Padding.SYMMETRIC, new Padding.Explicit(0, 1, 0, 1))) {
            assertRunsAsInterpreted(MobileNetV1.of(0.25, 64, 0)
                    .withInput(new Shape(33, 46, 3))
                    .withPadding(padding)
                    .withOutputStride(outputStride)
                    .network());
        }
    }

    @Test
    void threadsAndBatchesChangeNoBit() {
        var model = small();
        var plan = Plan.of(model);
        var input = images(model.network(), 5);
        var expected = Session.open(plan, 1).run(input, 5);
        int size = model.network().input().elements();
        int outputs = model.classes();

        for (int threads = 1; threads <= 4; threads++) {
            var session = Session.open(plan, threads);
            assertThat(session.run(input, 5)).isEqualTo(expected);
            for (int i = 0; i < 5; i++) {
                var one = session.run(Arrays.copyOfRange(input, i * size, (i + 1) * size), 1);
                assertThat(one).isEqualTo(Arrays.copyOfRange(expected, i * outputs, (i + 1) * outputs));
            }
        }
    }

    @Test
    void manySessionsShareThePoolWithoutDisturbingEachOther() throws Exception {
        var model = small();
        var plan = Plan.of(model);
        var input = images(model.network(), 3);
        var expected = Session.open(plan, 1).run(input, 3);

        Callable<Boolean> caller = () -> {
            var session = Session.open(plan, 2);
            boolean same = true;
            for (int i = 0; i < 20; i++) {
                same &= Arrays.equals(session.run(input, 3), expected);
            }
            return same;
        };
        try (var callers = Executors.newFixedThreadPool(6)) {
            for (var result : callers.invokeAll(
                    IntStream.range(0, 6).mapToObj(_ -> caller).toList())) {
                assertThat(result.get()).isTrue();
            }
        }
    }

    @Tag("alone")
    @Test
    void nothingIsAllocatedInTheSteadyState() {
        var model = small();
        for (int threads = 1; threads <= 2; threads++) {
            var session = Session.open(model, threads);
            var input = images(model.network(), 3);
            var output = new float[3 * model.classes()];
            session.run(input, 3, output);
            session.plan().awaitWarm();
            session.run(input, 3, output);

            assertThat(bytesAnImageInTheEnd(session, input, output)).isLessThan(200);
        }
    }

    /// The JIT goes on compiling for a while; steady is what remains.
    /// Vectors are objects until the compiler is done with all of a kernel, which takes its time on a busy
    /// machine.
    private static long bytesAnImageInTheEnd(Session session, float[] input, float[] output) {
        long bytes = Long.MAX_VALUE;
        long patience = System.nanoTime() + 20_000_000_000L;
        while (bytes >= 200 && System.nanoTime() < patience) {
            long before = allocated();
            for (int i = 0; i < 20; i++) {
                session.run(input, 3, output);
            }
            bytes = (allocated() - before) / 60;
        }
        return bytes;
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getThreadAllocatedBytes(Thread.currentThread().threadId());
    }

    @Test
    void fasterKernelsTakeOverWithTheSameBits() {
        var model = small();
        var session = Session.open(model);
        var input = images(model.network(), 1);
        var atOnce = KernelVariant.soonest();
        assertThat(className(session)).isEqualTo(CONVOLUTIONS.get(atOnce));
        var first = Session.open(model, SessionOptions.DEFAULT.withKernels(SessionOptions.Kernels.SCALAR))
                .run(input, 1);
        session.plan().awaitWarm();

        assertThat(session.plan().kernels())
                .isEqualTo(
                        SessionOptions.Kernels.valueOf(KernelVariant.preferred().name()));
        assertThat(session.run(input, 1)).isEqualTo(first);
        assertThat(className(session)).isEqualTo(CONVOLUTIONS.get(KernelVariant.preferred()));
    }

    private static String className(Session session) {
        return session.plan().program().steps().getFirst().kernel().getClass().getSimpleName();
    }

    @Test
    void wrongSizesAreRefused() {
        var session = Session.open(small());

        assertThatThrownBy(() -> session.run(new float[5], 1)).hasMessageContaining("12288 values");
        assertThatThrownBy(() -> session.run(new float[12288], 0)).hasMessageContaining("at least one image");
        assertThatThrownBy(() -> session.run(new float[12288], 1, new float[11]))
                .hasMessageContaining("output");
        assertThatThrownBy(() -> Session.open(small(), 0)).hasMessageContaining("threads");
    }

    @Test
    void memoryIsShared() {
        var plan = Plan.of(model(MobileNetV1.of(1.0, 224, 0).network()));

        // The largest maps of a step, which joins two layers: 112 x 112 x (32 + 32 + 64) floats; borders and strides
        // add a little.
        assertThat(plan.peakActivationBytes())
                .isGreaterThanOrEqualTo(112 * 112 * 128 * 4)
                .isLessThan(112 * 112 * 128 * 4 * 11 / 10);
    }

    /// A session that two threads run would mix their images up; the second is told at once.
    @Test
    void aSecondThreadIsRefused() throws Exception {
        var model = small();
        var session = Session.open(model);
        var image = images(model.network(), 1);
        var expected = session.run(image, 1);
        var refusals = new ArrayList<IllegalStateException>();
        int answers = 0;
        try (var threads = Executors.newFixedThreadPool(2)) {
            for (int round = 0; round < 1000 && refusals.isEmpty(); round++) {
                var start = new CyclicBarrier(2);
                Callable<float[]> run = () -> {
                    start.await();
                    var output = session.run(image, 1);
                    // Long enough that two threads meet even where other programs take the processors.
                    for (int i = 0; i < 100; i++) {
                        output = session.run(image, 1);
                    }
                    return output;
                };
                for (var result : List.of(threads.submit(run), threads.submit(run))) {
                    try {
                        assertThat(result.get()).containsExactly(expected);
                        answers++;
                    } catch (ExecutionException e) {
                        refusals.add((IllegalStateException) e.getCause());
                    }
                }
            }
        }
        assertThat(answers).isPositive();
        assertThat(refusals)
                .singleElement()
                .satisfies(e -> assertThat(e)
                        .hasMessage(
                                "another thread is running this session; open one for each thread, on the same plan"));
        assertThat(session.run(image, 1)).containsExactly(expected);
    }

    /// After a failure the session can be used again.
    @Test
    void aFailureDoesNotKeepTheSession() {
        var model = small();
        var session = Session.open(model);
        var image = images(model.network(), 1);
        assertThatThrownBy(() -> session.run(image, 2)).hasMessageContaining("2 images");
        assertThat(session.run(image, 1)).hasSize(10);
    }
}
