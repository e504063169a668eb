package org.mobilenet4j.benchmarks.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LoadTest {
    private static final byte[] PHOTO = {1, 2, 3};

    @Test
    void percentilesAreOfAnswersThatCame() {
        var first = new LoadResult.Seen(Map.of(200, 3L, 429, 1L), new long[] {4_000_000, 2_000_000, 1_000_000});
        var second = new LoadResult.Seen(Map.of(200, 1L), new long[] {3_000_000});

        var result = LoadResult.of(2, List.of(first, second));

        assertThat(result.statuses()).isEqualTo(Map.of(200, 4L, 429, 1L));
        assertThat(result.perSecond()).isEqualTo(2);
        assertThat(result.percentile(0.5)).isEqualTo(2);
        assertThat(result.percentile(0.99)).isEqualTo(4);
        assertThat(result.hasOnly(200, 429)).isTrue();
        assertThat(result.hasOnly(200)).isFalse();
    }

    @Test
    void allAnswersAreCounted() throws IOException {
        var asked = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(threads);
            server.createContext("/classify", exchange -> {
                assertThat(exchange.getRequestBody().readAllBytes()).isEqualTo(PHOTO);
                // Every third is refused; lengths and chunks in turn.
                int number = asked.incrementAndGet();
                exchange.sendResponseHeaders(number % 3 == 0 ? 429 : 200, number % 2 == 0 ? 0 : 2);
                try (var out = exchange.getResponseBody()) {
                    out.write(new byte[2]);
                }
            });
            server.start();
            try {
                var load = new Load("127.0.0.1", server.getAddress().getPort(), "/classify", List.of(PHOTO));

                var saturated = load.saturate(4, 1);
                int total = asked.get();
                var offered = load.offer(4, 1, 50);

                assertThat(saturated.hasOnly(200, 429)).isTrue();
                assertThat(saturated.statuses().values().stream()
                                .mapToLong(n -> n)
                                .sum())
                        .isEqualTo(total);
                assertThat(saturated.statuses().getOrDefault(429, 0L)).isEqualTo(total / 3);
                assertThat(offered.statuses().values().stream()
                                .mapToLong(n -> n)
                                .sum())
                        .isEqualTo(asked.get() - total)
                        .isBetween(1L, 50L);
            } finally {
                server.stop(0);
            }
        }
    }
}
