package org.mobilenet4j.benchmarks.serve;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// Sends photos to a service over many connections at once.
///
/// @param path of the service that takes a photo as the body
/// @param photos in turn
record Load(String host, int port, String path, List<byte[]> photos) {
    private static final int BROKEN = 0;

    /// As fast as the service answers: each connection sends its next photo once it has an answer.
    LoadResult saturate(int connections, double seconds) throws IOException {
        return run(connections, seconds, 0);
    }

    /// Requests at this rate, however fast the service is, as far as the connections suffice. Those that are late are
    /// left out, so that a stalled service is not asked for all of them at once.
    ///
    /// @param perSecond of all connections together
    LoadResult offer(int connections, double seconds, double perSecond) throws IOException {
        return run(connections, seconds, (long) (connections * 1e9 / perSecond));
    }

    private LoadResult run(int connections, double seconds, long pause) throws IOException {
        var requests = photos.stream()
                .map(photo -> HttpConnection.post(host, port, path, photo))
                .toList();
        long start = System.nanoTime();
        long end = start + (long) (seconds * 1e9);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var clients = new ArrayList<Callable<LoadResult.Seen>>();
            for (int i = 0; i < connections; i++) {
                int first = i;
                clients.add(() -> new Client(requests, first, start + pause * first / connections, pause, end).run());
            }
            var all = new ArrayList<LoadResult.Seen>();
            for (var client : threads.invokeAll(clients)) {
                all.add(client.get());
            }
            return LoadResult.of((System.nanoTime() - start) / 1e9, all);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IOException("a client failed: " + e.getCause(), e);
        }
    }

    /// One connection, replaced when it breaks.
    private final class Client {
        private final List<byte[]> requests;
        private final long pause;
        private final long end;
        private final TreeMap<Integer, Long> statuses = new TreeMap<>();
        private @Nullable HttpConnection connection;
        private long[] nanos = new long[1024];
        private int answered;
        private int next;
        private long due;

        Client(List<byte[]> requests, int first, long due, long pause, long end) {
            this.requests = requests;
            this.next = first;
            this.due = due;
            this.pause = pause;
            this.end = end;
        }

        LoadResult.Seen run() throws IOException, InterruptedException {
            while (System.nanoTime() < end && isDue()) {
                int status = ask(requests.get(next++ % requests.size()));
                statuses.merge(status, 1L, Long::sum);
            }
            close();
            return new LoadResult.Seen(statuses, Arrays.copyOf(nanos, answered));
        }

        /// Waits for the time of the next request; false when that is after the end.
        private boolean isDue() throws InterruptedException {
            if (pause == 0) {
                return true;
            }
            long now = System.nanoTime();
            while (due < now) {
                due += pause;
            }
            if (due >= end) {
                return false;
            }
            Thread.sleep((due - now) / 1_000_000, (int) ((due - now) % 1_000_000));
            return true;
        }

        private int ask(byte[] request) throws IOException {
            long before = System.nanoTime();
            try {
                var open = connection == null ? new HttpConnection(host, port) : connection;
                connection = open;
                var answer = open.send(request);
                if (answer.status() == 200) {
                    if (answered == nanos.length) {
                        nanos = Arrays.copyOf(nanos, 2 * answered);
                    }
                    nanos[answered++] = System.nanoTime() - before;
                }
                if (answer.isLast()) {
                    close();
                }
                return answer.status();
            } catch (IOException e) {
                close();
                return BROKEN;
            }
        }

        private void close() throws IOException {
            if (connection != null) {
                connection.close();
                connection = null;
            }
        }
    }
}
