package org.mobilenet4j.app.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Models from a server that misbehaves: resumed or refused, and never a bad file in the cache.
class PullerTest extends PullFixture {
    @Test
    void theModelIsTakenOutOfTheArchive() throws IOException {
        var pulled = pull(PATIENCE);

        assertThat(pulled.isNew()).isTrue();
        assertThat(pulled.bytes()).isEqualTo(model.length);
        assertThat(pulled.sha256()).isEqualTo(Published.sha256(model));
        assertThat(received).isEqualTo(archive.length);
        assertIsInCache();
    }

    @Test
    void whatIsThereIsNotBroughtAgain() throws IOException {
        pull(PATIENCE);
        var again = pull(PATIENCE);

        assertThat(again.isNew()).isFalse();
        assertThat(again.sha256()).isEqualTo(Published.sha256(model));
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void whatIsThereAndDamagedIsBroughtAgain() throws IOException {
        pull(PATIENCE);
        Files.write(cache.file(Published.NAME), Published.tflite(1000));

        assertThat(pull(PATIENCE).isNew()).isTrue();
        assertThat(server.requests()).hasSize(2);
        assertIsInCache();
    }

    @Test
    void redirects() throws IOException {
        server.thenRedirectTo("/elsewhere").thenRedirectTo("/again");

        pull(PATIENCE);

        assertThat(server.requests()).hasSize(3);
        assertIsInCache();
    }

    @Test
    void redirectsThatGoInACircle() {
        for (int i = 0; i < 20; i++) {
            server.thenRedirectTo("/circle");
        }

        assertThatThrownBy(() -> pull(PATIENCE)).isInstanceOf(IOException.class).hasMessageContaining("HTTP 302");
        assertNothingIsInCache();
    }

    @Test
    void busyForAWhile() throws IOException {
        server.thenStatus(503).thenStatus(503);

        pull(PATIENCE);

        assertThat(problems).containsExactly("the server answers HTTP 503", "the server answers HTTP 503");
        assertIsInCache();
    }

    @Test
    void busyForGood() {
        server.thenStatus(503).thenStatus(503).thenStatus(503);

        assertThatThrownBy(() -> pull(PATIENCE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("HTTP 503")
                .hasMessageContaining("the last of 3 attempts");
        assertThat(server.requests()).hasSize(3);
        assertNothingIsInCache();
    }

    @Test
    void missing() {
        server.thenStatus(404);

        assertThatThrownBy(() -> pull(PATIENCE))
                .isInstanceOf(MissingFileException.class)
                .hasMessageContaining(wanted.archive().address() + ": there is no such file");
        assertThat(server.requests()).hasSize(1);
        assertNothingIsInCache();
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 407})
    void refused(int status) {
        server.thenStatus(status);

        assertThatThrownBy(() -> pull(PATIENCE)).isInstanceOf(IOException.class).hasMessageContaining("HTTP " + status);
        assertThat(server.requests()).hasSize(1);
        assertNothingIsInCache();
    }

    @Test
    void noNetwork() throws IOException {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        wanted = Published.model(Published.file(URI.create("http://127.0.0.1:" + port + "/a.tgz"), archive));

        assertThatThrownBy(() -> pull(PATIENCE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot be reached; check the network")
                .hasMessageContaining("--mirror");
        assertThat(problems).isEmpty();
        assertNothingIsInCache();
    }

    @Test
    void anotherContent() {
        server.become(Published.tflite(archive.length), "\"2\"");

        assertThatThrownBy(() -> pull(PATIENCE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not what was published")
                .hasMessageContaining(wanted.archive().sha256());
        assertNothingIsInCache();
    }

    @Test
    void anotherContentDoesNotHarmWhatIsThere() throws IOException {
        pull(PATIENCE);
        Files.delete(cache.checksum(Published.NAME));
        server.become(Published.tflite(archive.length), "\"2\"");

        assertThatThrownBy(() -> pull(PATIENCE)).hasMessageContaining("not what was published");
        assertThat(cache.file(Published.NAME)).hasBinaryContent(model);
    }

    @Test
    void moreThanAnyModelHas() {
        server.then(exchange -> {
            exchange.sendResponseHeaders(200, Attempt.MOST_BYTES + 1);
            exchange.getResponseBody().write(model);
        });

        assertThatThrownBy(() -> pull(PATIENCE)).hasMessageContaining("larger than any published model");
        assertNothingIsInCache();
    }

    @Test
    void anArchiveWithoutTheModel() throws IOException {
        archive = new Published.Tgz()
                .add("../../" + Published.NAME + ".tflite", model)
                .bytes();
        server.become(archive, "\"2\"");
        wanted = Published.model(Published.file(wanted.archive().address(), archive));

        assertThatThrownBy(() -> pull(PATIENCE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has no " + Published.NAME + ".tflite");
        assertNothingIsInCache();
        assertThat(folder).isDirectoryNotContaining(file -> file.toString().endsWith(".tflite"));
    }

    @Test
    void mirrors() throws IOException {
        var mirror = Files.createDirectory(folder.resolve("a mirror"));
        var file = Files.write(mirror.resolve(Published.NAME + ".tgz"), archive);

        try (var puller = new Puller(cache, Mirror.at(mirror.toString()), PATIENCE, this)) {
            puller.pull(wanted);
        }
        assertThat(server.requests()).isEmpty();
        assertThat(file).hasBinaryContent(archive);
        assertIsInCache();

        Files.delete(cache.file(Published.NAME));
        var elsewhere = Published.model(new PublishedFile(
                URI.create("https://example.invalid/x/" + Published.NAME + ".tgz"),
                wanted.archive().sha256()));
        try (var puller =
                new Puller(cache, Mirror.at(server.address("/deep/folder").toString()), PATIENCE, this)) {
            puller.pull(elsewhere);
        }
        assertThat(server.requests()).hasSize(1);
        assertIsInCache();
    }

    @Test
    void aMirrorWithAnotherFile() throws IOException {
        var mirror = Files.createDirectory(folder.resolve("mirror"));
        try (var puller = new Puller(cache, Mirror.at(mirror.toString()), PATIENCE, this)) {
            assertThatThrownBy(() -> puller.pull(wanted)).isInstanceOf(MissingFileException.class);
            var file = Files.writeString(mirror.resolve(Published.NAME + ".tgz"), "something else");
            assertThatThrownBy(() -> puller.pull(wanted)).hasMessageContaining(file + ": it is not what was published");
            assertThat(file).exists();
        }
        assertNothingIsInCache();
    }

    @Test
    void labelsLieWhereTheReaderLooksForThem() throws IOException {
        var text = "background\ntench\n".getBytes(StandardCharsets.UTF_8);
        server.become(text, "\"1\"");
        var labels = Published.file(server.address("/ImageNetLabels.txt"), text);

        try (var puller = new Puller(cache, Mirror.NONE, PATIENCE, this)) {
            puller.pullLabels(labels);
            puller.pullLabels(labels);
        }

        assertThat(server.requests()).hasSize(1);
        assertThat(cache.folder().resolve("labels.txt")).hasBinaryContent(text);
    }

    @Test
    void oneAtATime() throws IOException {
        try (var puller = new Puller(cache, Mirror.NONE, PATIENCE, this)) {
            assertThatThrownBy(() -> pull(PATIENCE)).hasMessageContaining("another mobilenet pull");
            puller.pull(wanted);
        }
        assertThat(pull(PATIENCE).isNew()).isFalse();
    }
}
