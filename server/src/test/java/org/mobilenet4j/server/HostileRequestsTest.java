package org.mobilenet4j.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.server.settings.Limits;
import org.mobilenet4j.server.settings.ServerSettings;

/// What no proper client sends, over raw sockets: the server refuses it, and goes on.
class HostileRequestsTest {
    private static final String HOST = "Host: localhost\r\n";
    private static final int GENERATED = 1000;

    private final Random random = new Random(20);
    private InferenceServer server;

    @BeforeEach
    void start() {
        var second = Duration.ofSeconds(1);
        var limits = Limits.DEFAULT.withBodyBytes(100_000).withTimes(second, second, Duration.ofSeconds(5));
        server = InferenceServer.start(ServerSettings.DEFAULT.withPort(0).withLimits(limits));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /// Two requests where a proxy would see one, or one where it would see two.
    @Test
    void refusesWhatSmugglesRequests() throws IOException {
        var body = "5\r\nhello\r\n0\r\n\r\n";
        for (var headers : List.of(
                "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
                "Content-Length: 5\r\nContent-Length: 6\r\n",
                "Content-Length: 5, 6\r\n",
                "Content-Length: +5\r\n",
                "Content-Length: -5\r\n",
                "Content-Length: 0x5\r\n",
                "Content-Length : 5\r\n",
                "Transfer-Encoding: xchunked\r\n",
                "Transfer-Encoding: chunked, identity\r\n",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
                "Transfer-Encoding:\u000bchunked\r\n",
                "Transfer-Encoding : chunked\r\n",
                " Transfer-Encoding: chunked\r\n",
                "X: 1\r\n Transfer-Encoding: chunked\r\n",
                "X: 1\nContent-Length: 5\n")) {
            var smuggled = "GET /smuggled HTTP/1.1\r\n" + HOST + "\r\n";
            var answer = send(("POST /v1/classify HTTP/1.1\r\n" + HOST + headers + "\r\n" + body + smuggled)
                    .getBytes(ISO_8859_1));

            assertThat(answer).as(headers).doesNotContain("/smuggled").doesNotContain(" 200 ");
        }
        assertServes();
    }

    @Test
    void outlivesAThousandMalformedRequests() throws Exception {
        var threads = new ArrayList<Thread>();
        var wrong = new ArrayList<String>();
        var requests = new ArrayList<byte[]>();
        for (int i = 0; i < GENERATED; i++) {
            requests.add(generated());
        }
        for (int i = 0; i < 20; i++) {
            int first = i;
            threads.add(Thread.ofVirtual().start(() -> {
                for (int j = first; j < GENERATED; j += 20) {
                    var answer = send(requests.get(j));
                    if (answer.contains(" 500 ")) {
                        var request = new String(requests.get(j), ISO_8859_1);
                        synchronized (wrong) {
                            wrong.add(request.substring(0, Math.min(200, request.length())) + " -> " + answer);
                        }
                    }
                }
            }));
        }
        for (var thread : threads) {
            thread.join();
        }

        assertThat(wrong).isEmpty();
        assertServes();
    }

    @Test
    void timesOutSlowClients() throws Exception {
        long start = System.nanoTime();
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(8000);
            var out = socket.getOutputStream();
            out.write(("POST /v1/classify HTTP/1.1\r\n" + HOST + "Content-Length: 50000\r\n\r\n").getBytes(ISO_8859_1));
            assertThat(trickle(socket)).isTrue();
        }
        assertThat(System.nanoTime() - start).isLessThan(6_000_000_000L);
        assertServes();
    }

    /// Whether the server ends it.
    private static boolean trickle(Socket socket) throws Exception {
        for (int i = 0; i < 25; i++) {
            try {
                socket.getOutputStream().write(1);
            } catch (SocketException _) {
                return true;
            }
            if (socket.getInputStream().available() > 0) {
                return true;
            }
            Thread.sleep(200);
        }
        return false;
    }

    /// A proper request with one or several faults.
    private byte[] generated() {
        var photo = TestPhotos.png(8 + random.nextInt(40));
        var out = new ByteArrayOutputStream();
        int length = photo.length + (random.nextInt(3) == 0 ? random.nextInt(2000) - 1000 : 0);
        var method = pick("POST", "POST", "POST", "GET", "PUT", "BREW", "P\u0000ST", "", "POST POST", "x".repeat(9000));
        var path = pick(
                "/v1/classify",
                "/v1/classify",
                "/v1/classify?top=" + random.nextInt() + "&top=%00",
                "/v1/classify?model=..%2f..%2fetc%2fpasswd",
                "/v1/../../etc/passwd",
                "/page/..%2f..%2f..%2fetc/passwd",
                "/%2e%2e/%2e%2e/etc/passwd",
                "//etc/passwd",
                "/v1/classify%00.png",
                "/\u001b[31m",
                "*",
                "http://elsewhere/v1/models",
                "/" + "a".repeat(random.nextInt(20_000)));
        var version = pick("HTTP/1.1", "HTTP/1.1", "HTTP/1.1", "HTTP/1.0", "HTTP/9.9", "HTTQ/1.1", "");
        var type = pick(
                "image/png",
                "multipart/form-data",
                "multipart/form-data; boundary=" + "b".repeat(random.nextInt(300)),
                "multipart/form-data; boundary=a; boundary=b",
                "\u0001\u0002",
                "application/json; charset=nonsense");
        var headers = pick(
                "Content-Length: " + length + "\r\n",
                "Content-Length: " + length + "\r\n",
                "Content-Length: 99999999999999999999\r\n",
                "Content-Length: 99999999\r\n",
                "Content-Length: " + length + "\r\nContent-Length: " + (length + 1) + "\r\n",
                "Content-Length: " + length + "\r\nTransfer-Encoding: chunked\r\n",
                "Transfer-Encoding: chunked\r\n",
                "Transfer-Encoding: gzip, chunked\r\n",
                "Expect: 100-continue\r\nContent-Length: " + length + "\r\n",
                "Content-Encoding: gzip\r\nContent-Length: " + length + "\r\n",
                "X: a\r\n b\r\nContent-Length: " + length + "\r\n",
                "X".repeat(random.nextInt(30_000)) + ": 1\r\n",
                "No colon\r\n",
                ": empty\r\n",
                "X: \u0000\r\n",
                "Authorization: Bearer " + "\u00ff".repeat(50) + "\r\n",
                "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n");
        var host = pick(HOST, HOST, HOST, "", HOST + HOST, "Host: a b\r\n", "Host: \u0007\r\n");
        var head = method + " " + path + " " + version + pick("\r\n", "\r\n", "\n", "\r") + host + "Content-Type: "
                + type + "\r\n" + headers + pick("\r\n", "\r\n", "\r\n", "\n", "");
        out.writeBytes(head.getBytes(ISO_8859_1));
        if (headers.contains("chunked")) {
            var size =
                    pick(Integer.toHexString(photo.length), "0x5", "-1", "fffffffffffffffff", "5;x=\u0000", "", "zz");
            out.writeBytes((size + "\r\n").getBytes(ISO_8859_1));
        }
        out.write(photo, 0, random.nextBoolean() ? photo.length : random.nextInt(photo.length));
        if (random.nextInt(4) == 0) {
            var noise = new byte[random.nextInt(300)];
            random.nextBytes(noise);
            out.writeBytes(noise);
        }
        return out.toByteArray();
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private void assertServes() throws IOException {
        var photo = TestPhotos.png(64);
        var out = new ByteArrayOutputStream();
        out.writeBytes(("POST /v1/classify HTTP/1.1\r\n" + HOST + "Connection: close\r\nContent-Length: " + photo.length
                        + "\r\n\r\n")
                .getBytes(ISO_8859_1));
        out.writeBytes(photo);
        assertThat(send(out.toByteArray(), 10_000)).startsWith("HTTP/1.1 200 ");
    }

    private String send(byte[] request) {
        return send(request, 1000);
    }

    /// What the server answers until it closes the connection, or the little that it says within a
    /// time.
    private String send(byte[] request, int millis) {
        var answer = new ByteArrayOutputStream();
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(millis);
            socket.getOutputStream().write(request);
            socket.shutdownOutput();
            socket.getInputStream().transferTo(answer);
        } catch (SocketTimeoutException | SocketException _) {
            // It has said what it had to.
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return answer.toString(ISO_8859_1);
    }
}
