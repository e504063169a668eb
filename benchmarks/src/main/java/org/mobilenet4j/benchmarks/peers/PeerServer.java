package org.mobilenet4j.benchmarks.peers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The child's end of a [PeerProcess]: answers each line with a line until there are no more. Between two lines
/// it sleeps.
final class PeerServer {
    /// Marks an answer, as native libraries may write to standard output at any time.
    static final String ANSWER = "> ";

    private static final long ROUND_NANOS = 750_000_000;
    private static final int FEWEST_RUNS = 5;
    private static final int MOST_RUNS = 1000;

    /// The first runs of a round find another engine's data in the caches.
    private static final int UNTIMED_RUNS = 2;

    private final Engine engine;

    private PeerServer(Engine engine) {
        this.engine = engine;
    }

    /// Answers for `engine` until the input ends.
    static void serve(Engine engine, InputStream in, PrintStream out) throws Exception {
        var server = new PeerServer(engine);
        var questions = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        for (String question; (question = questions.readLine()) != null; ) {
            out.println(ANSWER + server.answer(question));
        }
    }

    private String answer(String question) throws Exception {
        return switch (question) {
            case "version" -> engine.version();
            case "output" -> text(engine.output());
            case "first" -> {
                engine.run();
                yield "done";
            }
            case "next" -> {
                long before = System.nanoTime();
                engine.run();
                yield Long.toString(System.nanoTime() - before);
            }
            case "warm" -> {
                engine.awaitWarm();
                time();
                yield "warm";
            }
            case "round" -> {
                for (int i = 0; i < UNTIMED_RUNS; i++) {
                    engine.run();
                }
                yield Arrays.stream(time()).mapToObj(Long::toString).collect(Collectors.joining(" "));
            }
            default -> throw new IOException("unknown command: " + question);
        };
    }

    /// Runs for a while and returns the nanoseconds of each run.
    private long[] time() throws Exception {
        var nanos = new long[MOST_RUNS];
        int runs = 0;
        long start = System.nanoTime();
        long before = start;
        while (runs < FEWEST_RUNS || (runs < MOST_RUNS && before - start < ROUND_NANOS)) {
            engine.run();
            long after = System.nanoTime();
            nanos[runs++] = after - before;
            before = after;
        }
        return Arrays.copyOf(nanos, runs);
    }

    private static String text(float[] values) {
        return IntStream.range(0, values.length)
                .mapToObj(i -> Float.toString(values[i]))
                .collect(Collectors.joining(" "));
    }
}
