package org.mobilenet4j.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.mobilenet4j.infer.Plan;
import org.mobilenet4j.infer.Session;
import org.mobilenet4j.infer.SessionOptions;

/// Runs many sessions on one plan for a long time: `Soak [SESSIONS [MINUTES]]`. Every output must equal that of the
/// plain loops, bit for bit, and memory must not grow; memory use is reported every minute.
public final class Soak {
    private static final String MEMORY = "VmRSS:";

    private Soak() {}

    public static void main(String[] args) throws InterruptedException, ExecutionException, IOException {
        int count = args.length > 0 ? Integer.parseInt(args[0]) : 8;
        int minutes = args.length > 1 ? Integer.parseInt(args[1]) : 10;
        var plan = Plan.of(BenchmarkModel.mobileNet(0.5, 160));
        var random = new Random(1);
        var image = new float[plan.inputShape().elements()];
        for (int i = 0; i < image.length; i++) {
            image[i] = random.nextFloat(-1, 1);
        }
        var plain = SessionOptions.DEFAULT.withKernels(SessionOptions.Kernels.SCALAR);
        var expected = Session.open(plan.model(), plain).run(image, 1);
        var runs = new AtomicLong();
        long end = System.nanoTime() + minutes * 60_000_000_000L;
        try (var threads = Executors.newFixedThreadPool(count)) {
            var sessions = IntStream.range(0, count)
                    .mapToObj(i -> threads.submit(soak(Session.open(plan, 1 + i % 2), image, expected, end, runs)))
                    .toList();
            for (int minute = 1; minute <= minutes; minute++) {
                Thread.sleep(60_000);
                System.out.printf("minute %d: %,d runs, %s%n", minute, runs.get(), memory());
            }
            for (var session : sessions) {
                session.get();
            }
        }
        System.out.printf("%d sessions, %,d runs, all identical%n", count, runs.get());
    }

    /// Runs until `end`, mostly on single images and sometimes on a batch.
    private static Callable<Void> soak(Session session, float[] image, float[] expected, long end, AtomicLong runs) {
        return () -> {
            var batch = Arrays.copyOf(image, 2 * image.length);
            System.arraycopy(image, 0, batch, image.length, image.length);
            var output = new float[expected.length];
            var outputs = new float[2 * expected.length];
            for (long run = 0; System.nanoTime() < end; run++) {
                session.run(image, 1, output);
                check(output, 0, expected);
                if (run % 8 == 0) {
                    session.run(batch, 2, outputs);
                    check(outputs, expected.length, expected);
                }
                runs.incrementAndGet();
            }
            return null;
        };
    }

    private static void check(float[] outputs, int from, float[] expected) {
        int difference = Arrays.mismatch(outputs, from, from + expected.length, expected, 0, expected.length);
        if (difference >= 0) {
            throw new IllegalStateException(
                    "output " + difference + " is " + outputs[from + difference] + ", not " + expected[difference]);
        }
    }

    private static String memory() throws IOException {
        var status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            long used =
                    Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
            return (used >> 20) + " MiB of heap in use";
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith(MEMORY))
                .map(line -> line.substring(MEMORY.length()).strip() + " resident")
                .findFirst()
                .orElse("memory unknown");
    }
}
