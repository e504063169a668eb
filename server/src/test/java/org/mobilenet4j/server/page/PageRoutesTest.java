package org.mobilenet4j.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageRoutesTest {
    private static final Path FILES = Path.of("src/main/resources/org/mobilenet4j/server/page");
    private static final int MOST_BYTES = 140_000;

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static ServedPage server;

    @BeforeAll
    static void open() {
        server = new ServedPage();
    }

    @AfterAll
    static void close() {
        server.close();
    }

    private static HttpResponse<byte[]> get(String path, String... headers) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(server.address() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return CLIENT.send(request.build(), BodyHandlers.ofByteArray());
    }

    @Test
    void thePageMayAskNobodyElse() throws Exception {
        var page = get("");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "connect-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe", "http:", "https:", "*");
        assertThat(new String(page.body(), StandardCharsets.UTF_8)).startsWith("<!doctype html>");
    }

    @Test
    void whatABrowserHasIsNotSentAgain() throws Exception {
        var first = get("page/main.js");
        var tag = first.headers().firstValue("ETag").orElseThrow();
        var second = get("page/main.js", "If-None-Match", tag);
        var zipped = get("page/main.js", "Accept-Encoding", "br, gzip");

        assertThat(second.statusCode()).isEqualTo(304);
        assertThat(second.body()).isEmpty();
        assertThat(zipped.headers().firstValue("Content-Encoding")).hasValue("gzip");
        assertThat(zipped.body().length).isLessThan(first.body().length);
    }

    @Test
    void everyFileIsSentAndTogetherTheyAreSmall() throws Exception {
        long sum = 0;
        try (var files = Files.walk(FILES)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var name = FILES.relativize(file).toString();
                var answer = get("page/" + name);
                assertThat(answer.statusCode()).as(name).isEqualTo(200);
                assertThat(answer.body()).isEqualTo(Files.readAllBytes(file));
                sum += answer.body().length;
            }
        }
        assertThat(sum).isBetween(10_000L, (long) MOST_BYTES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "page/nothing.js",
                "page/PageRoutes.class",
                "page/..%2fpage%2fmain.js",
                "page/%2e%2e/module-info.class",
                "page/see/../main.js/",
                "page//etc/passwd",
                "page/see/see/see.js",
                "page/main.js%00.css"
            })
    void nothingElseIsSent(String path) throws Exception {
        assertThat(get(path).statusCode()).isBetween(400, 404);
    }
}
