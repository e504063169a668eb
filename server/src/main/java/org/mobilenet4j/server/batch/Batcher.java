package org.mobilenet4j.server.batch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.error.BadValueException;

/// Runs what requests ask for on one thread for each processor, in the order in which it came.
///
/// A thread that is free takes what waits: nobody waits for a batch to fill. When more waits than
/// there are threads,
/// a thread takes several inputs of the same [Lane], as many as it can run within the latency budget.
public final class Batcher implements AutoCloseable {
    /// Inputs of a batch; more would save little.
    private static final int MOST = 8;

    private final int bound;
    private final long waitNanos;
    private final long budgetNanos;
    private final IntConsumer batches;
    private final List<Thread> threads = new ArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final ArrayDeque<Job<?, ?, ?>> queue = new ArrayDeque<>();
    private boolean isClosed;

    /// @param threads how many run at the same time
    /// @param bound inputs that may wait, from 1 up
    /// @param waitMillis how long they may wait, as far as can be told
    /// @param budgetMillis how long a batch may take, where it has more than one input
    /// @param batches is told the size of each batch, from several threads
    public Batcher(int threads, int bound, int waitMillis, int budgetMillis, IntConsumer batches) {
        this.bound = bound;
        this.waitNanos = waitMillis * 1_000_000L;
        this.budgetNanos = budgetMillis * 1_000_000L;
        this.batches = batches;
        for (int i = 0; i < threads; i++) {
            this.threads.add(Thread.ofPlatform().daemon().name("batch-" + i).start(this::work));
        }
    }

    /// Inputs that wait.
    public int waiting() {
        lock.lock();
        try {
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    /// What `lane` makes of `inputs`, in their order; waits for it.
    ///
    /// @throws QueueFullException if there is no room for all of them
    /// @throws BadValueException if there are more than could ever wait
    /// @throws ExecutionException what the first of them failed with, as its cause
    public <I, P, O> List<O> run(Lane<I, P, O> lane, List<I> inputs)
            throws QueueFullException, ExecutionException, InterruptedException {
        if (inputs.size() > bound) {
            throw new BadValueException("the request has " + inputs.size() + " inputs, more than the " + bound
                    + " that may wait; send fewer");
        }
        var jobs = inputs.stream().map(input -> new Job<>(lane, input)).toList();
        enqueue(jobs);
        var outputs = new ArrayList<O>(jobs.size());
        for (var job : jobs) {
            outputs.add(job.output().get());
        }
        return outputs;
    }

    private void enqueue(List<? extends Job<?, ?, ?>> jobs) throws QueueFullException {
        lock.lock();
        try {
            if (isClosed) {
                throw new IllegalStateException("the server has stopped");
            }
            double nanos =
                    queue.stream().mapToDouble(job -> job.lane().nanosEach()).sum() / threads.size();
            if (queue.size() + jobs.size() > bound || nanos > waitNanos) {
                throw new QueueFullException(queue.size(), (int) Math.clamp(Math.ceil(nanos / 1e9), 1, 60));
            }
            queue.addAll(jobs);
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        var others = new ArrayList<Job<?, ?, ?>>();
        for (var first = take(others); first != null; first = take(others)) {
            batches.accept(1 + others.size());
            Job.run(first, others);
            others.clear();
        }
    }

    /// The job that has waited longest, and `others` that are run with it; null once the batcher is
    /// closed and idle.
    @SuppressWarnings("ReferenceEquality") // lanes are the same or not
    private @Nullable Job<?, ?, ?> take(List<Job<?, ?, ?>> others) {
        lock.lock();
        try {
            while (queue.isEmpty() && !isClosed) {
                arrived.awaitUninterruptibly();
            }
            var first = queue.poll();
            if (first != null) {
                int most = Math.min(affordable(first.lane()), Math.ceilDiv(1 + queue.size(), threads.size()));
                var left = queue.iterator();
                while (others.size() + 1 < most && left.hasNext()) {
                    var job = left.next();
                    if (job.lane() == first.lane()) {
                        left.remove();
                        others.add(job);
                    }
                }
            }
            return first;
        } finally {
            lock.unlock();
        }
    }

    private int affordable(Lane<?, ?, ?> lane) {
        double each = lane.nanosEach();
        return each == 0 ? 1 : (int) Math.clamp(budgetNanos / each, 1, MOST);
    }

    /// Runs what waits, takes nothing more, and ends the threads.
    @Override
    public void close() {
        lock.lock();
        try {
            isClosed = true;
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
        for (var thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
