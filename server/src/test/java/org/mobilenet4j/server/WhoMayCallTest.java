package org.mobilenet4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mobilenet4j.server.settings.Limits;
import org.mobilenet4j.server.settings.ServerSettings;
import org.mobilenet4j.server.settings.ServerSettings.PemFiles;

/// Tokens, encryption, and how many connections there may be.
class WhoMayCallTest {
    private static final String SECRET = "0123456789abcdef";
    private static final String PASSWORD = "changeit";

    private static HttpResponse<String> get(HttpClient client, InferenceServer server, String path, String... headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(server.address() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Bearer ", "Bearer 0123456789abcde", "Bearer 0123456789abcdef0", "Basic 0123456789abcdef"})
    void onlyThoseWhoKnowTheSecretAreAnswered(String wrong) throws Exception {
        var settings = ServerSettings.DEFAULT.withPort(0).withToken(SECRET);
        try (var server = InferenceServer.start(settings);
                var client = HttpClient.newHttpClient()) {
            var refused = wrong.isEmpty()
                    ? get(client, server, "v1/models")
                    : get(client, server, "v1/models", "Authorization", wrong);
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.headers().firstValue("WWW-Authenticate")).contains("Bearer");
            assertThat(refused.body()).doesNotContain(SECRET);

            assertThat(get(client, server, "v1/models", "Authorization", "Bearer " + SECRET)
                            .statusCode())
                    .isEqualTo(200);
            for (var open : List.of("health/ready", "metrics", "", "page/main.js")) {
                assertThat(get(client, server, open).statusCode()).as(open).isEqualTo(200);
            }
        }
    }

    @Test
    void connectionsAreEncryptedWithTheGivenKey(@TempDir Path folder) throws Exception {
        var store = folder.resolve("store.p12");
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=ip:127.0.0.1",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        var keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        var key = pem(
                folder.resolve("key.pem"),
                "PRIVATE KEY",
                keys.getKey("server", PASSWORD.toCharArray()).getEncoded());
        var certificate = pem(
                folder.resolve("certificate.pem"),
                "CERTIFICATE",
                keys.getCertificate("server").getEncoded());
        var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(keys);
        var tls = SSLContext.getInstance("TLS");
        tls.init(null, trusted.getTrustManagers(), null);

        var settings = ServerSettings.DEFAULT.withPort(0).withTls(new PemFiles(certificate, key));
        try (var server = InferenceServer.start(settings);
                var client = HttpClient.newBuilder().sslContext(tls).build()) {
            assertThat(server.address()).startsWith("https://127.0.0.1:");
            assertThat(get(client, server, "v1/models").statusCode()).isEqualTo(200);
        }
    }

    private static Path pem(Path file, String kind, byte[] bytes) throws IOException {
        var text = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(bytes);
        return Files.writeString(file, "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
    }

    /// Connections beyond the limit are not answered; one that ends makes room.
    @Test
    void thereAreOnlySoManyConnections() throws Exception {
        var settings = ServerSettings.DEFAULT.withPort(0).withLimits(Limits.DEFAULT.withConnections(2));
        var open = new ArrayList<Socket>();
        try (var server = InferenceServer.start(settings)) {
            for (int i = 0; i < 2; i++) {
                var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
                open.add(socket);
                assertThat(ask(socket)).startsWith("HTTP/1.1 200");
            }
            try (var third = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                third.setSoTimeout(1000);
                assertThat(ask(third)).isEmpty();
            }
            open.removeFirst().close();
            String answer = "";
            for (int i = 0; i < 50 && answer.isEmpty(); i++) {
                try (var next = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                    next.setSoTimeout(1000);
                    answer = ask(next);
                }
                Thread.sleep(20);
            }
            assertThat(answer).startsWith("HTTP/1.1 200");
        } finally {
            for (var socket : List.copyOf(open)) {
                socket.close();
            }
        }
    }

    /// The first bytes of an answer, or nothing.
    private static String ask(Socket socket) {
        try {
            socket.getOutputStream()
                    .write("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            var bytes = new byte[12];
            int count = socket.getInputStream().readNBytes(bytes, 0, bytes.length);
            return new String(bytes, 0, count, StandardCharsets.US_ASCII);
        } catch (IOException _) {
            return "";
        }
    }
}
