package org.mobilenet4j.app.cli.detect;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/// Tasks side by side, whose results are handed on in the order of the tasks, each as soon as it is
/// there.
final class InOrder<T> {
    private final ExecutorService threads;
    private final int most;
    private final Receiver<T> receiver;
    private final ArrayDeque<Future<T>> running = new ArrayDeque<>();

    /// What takes the results, on the thread that submits tasks.
    interface Receiver<T> {
        void accept(T result) throws IOException;
    }

    /// @param most tasks that run or wait; who submits more waits too
    InOrder(ExecutorService threads, int most, Receiver<T> receiver) {
        this.threads = threads;
        this.most = most;
        this.receiver = receiver;
    }

    void submit(Callable<T> task) throws IOException {
        running.add(threads.submit(task));
        while (running.size() > most
                || (!running.isEmpty() && running.getFirst().isDone())) {
            handOn();
        }
    }

    /// Waits for what still runs.
    void finish() throws IOException {
        while (!running.isEmpty()) {
            handOn();
        }
    }

    private void handOn() throws IOException {
        try {
            receiver.accept(running.removeFirst().get());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException problem) {
                throw problem;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while detecting", e);
        }
    }
}
