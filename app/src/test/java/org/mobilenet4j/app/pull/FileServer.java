package org.mobilenet4j.app.pull;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A server on this machine's loopback that has one file and goes wrong as it is told: the first answers are those that
/// were asked for, all further ones are good.
final class FileServer implements AutoCloseable {
    /// How one request is answered.
    interface Answer {
        void give(HttpExchange exchange) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Queue<Answer> next = new ArrayDeque<>();
    private final List<String> ranges = Collections.synchronizedList(new ArrayList<>());
    private volatile byte[] content;
    private volatile @Nullable String tag = "\"1\"";
    private volatile boolean heedsTag = true;

    FileServer(byte[] content) throws IOException {
        this.content = content;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    URI address(String path) {
        var host = server.getAddress();
        return URI.create("http://" + host.getHostString() + ":" + host.getPort() + path);
    }

    FileServer then(Answer answer) {
        next.add(answer);
        return this;
    }

    FileServer thenStatus(int status) {
        return then(exchange -> exchange.sendResponseHeaders(status, -1));
    }

    FileServer thenRedirectTo(String path) {
        return then(exchange -> {
            exchange.getResponseHeaders().set("Location", path);
            exchange.sendResponseHeaders(302, -1);
        });
    }

    /// Sends half of what it announces, and hangs up.
    FileServer thenCut() {
        return then(this::giveHalf);
    }

    /// Sends half of what it announces, and then nothing more.
    FileServer thenStall() {
        return then(exchange -> {
            giveHalf(exchange);
            exchange.getResponseBody().flush();
            try {
                closed.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /// Sends a byte now and then, so that it is never silent.
    FileServer thenTrickle() {
        return then(exchange -> {
            int from = begin(exchange);
            try {
                for (int i = from; i < content.length && !closed.await(100, TimeUnit.MILLISECONDS); i++) {
                    exchange.getResponseBody().write(content[i]);
                    exchange.getResponseBody().flush();
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /// Another version of the file from now on.
    void become(byte[] other, @Nullable String newTag) {
        content = other;
        tag = newTag;
    }

    /// Sends ranges of whatever it has now, although a range of another version was asked for.
    void forgetVersions() {
        heedsTag = false;
    }

    /// The `Range` of each request so far, or `all`.
    List<String> requests() {
        return List.copyOf(ranges);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var range = exchange.getRequestHeaders().getFirst("Range");
            ranges.add(range == null ? "all" : range);
            var answer = next.poll();
            if (answer == null) {
                giveAll(exchange);
            } else {
                answer.give(exchange);
            }
        }
    }

    private void giveAll(HttpExchange exchange) throws IOException {
        int from = begin(exchange);
        exchange.getResponseBody().write(content, from, content.length - from);
    }

    private void giveHalf(HttpExchange exchange) throws IOException {
        int from = begin(exchange);
        exchange.getResponseBody().write(content, from, (content.length - from) / 2);
    }

    /// Sends the headers; returns where the answer begins.
    private int begin(HttpExchange exchange) throws IOException {
        var headers = exchange.getResponseHeaders();
        if (tag != null) {
            headers.set("ETag", tag);
        }
        var range = exchange.getRequestHeaders().getFirst("Range");
        boolean isSame = String.valueOf(tag).equals(exchange.getRequestHeaders().getFirst("If-Range"));
        if (range == null || (heedsTag && !isSame)) {
            exchange.sendResponseHeaders(200, content.length);
            return 0;
        }
        int from = Integer.parseInt(range.replaceAll("\\D", ""));
        if (from >= content.length) {
            exchange.sendResponseHeaders(416, -1);
            return content.length;
        }
        headers.set("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
        exchange.sendResponseHeaders(206, content.length - from);
        return from;
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.close();
    }
}
