package org.mobilenet4j.server.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// One input that waits for its lane.
record Job<I, P, O>(Lane<I, P, O> lane, I input, CompletableFuture<O> output) {
    Job(Lane<I, P, O> lane, I input) {
        this(lane, input, new CompletableFuture<>());
    }

    /// Runs the inputs of `first` and of `others`, jobs of its lane, as one batch. Never throws.
    @SuppressWarnings({"unchecked", "CatchingUnchecked"})
    static <I, P, O> void run(Job<I, P, O> first, List<Job<?, ?, ?>> others) {
        long start = System.nanoTime();
        var jobs = new ArrayList<Job<I, P, O>>(1 + others.size());
        jobs.add(first);
        others.forEach(job -> jobs.add((Job<I, P, O>) job));
        var prepared = new ArrayList<P>(jobs.size());
        jobs.removeIf(job -> !job.prepare(prepared));
        if (jobs.isEmpty()) {
            return;
        }
        try {
            var outputs = first.lane.run(prepared);
            first.lane.measured((double) (System.nanoTime() - start) / jobs.size());
            for (int i = 0; i < jobs.size(); i++) {
                jobs.get(i).output.complete(outputs.get(i));
            }
        } catch (RuntimeException | Error problem) { // which the requests answer for; the thread goes on
            jobs.forEach(job -> job.output.completeExceptionally(problem));
        }
    }

    @SuppressWarnings("CatchingUnchecked")
    private boolean prepare(List<P> prepared) {
        try {
            prepared.add(lane.prepare(input));
            return true;
        } catch (Exception | Error problem) {
            output.completeExceptionally(problem);
            return false;
        }
    }
}
