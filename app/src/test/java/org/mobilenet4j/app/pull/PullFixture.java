package org.mobilenet4j.app.pull;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A server that misbehaves when it is told to, and an empty cache.
abstract class PullFixture implements DownloadListener {
    static final Patience PATIENCE =
            new Patience(Duration.ofSeconds(10), Duration.ofSeconds(20), 3, Duration.ofMillis(1));
    static final Patience ONE_ATTEMPT =
            new Patience(Duration.ofSeconds(10), Duration.ofSeconds(20), 1, Duration.ofMillis(1));

    @TempDir
    Path folder;

    final byte[] model = Published.tflite(200_000);
    final List<String> problems = new ArrayList<>();
    byte[] archive;
    FileServer server;
    ModelCache cache;
    CatalogModel wanted;
    long received;

    @BeforeEach
    void publish() throws IOException {
        archive = Published.archive(model);
        server = new FileServer(archive);
        cache = new ModelCache(folder.resolve("cache"));
        wanted = Published.model(Published.file(server.address("/" + Published.NAME + ".tgz"), archive));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Override
    public void received(URI address, long bytes, long total) {
        received = bytes;
    }

    @Override
    public void retrying(URI address, String problem, Duration pause) {
        problems.add(problem);
    }

    Pulled pull(Patience patience) throws IOException {
        try (var puller = new Puller(cache, Mirror.NONE, patience, this)) {
            return puller.pull(wanted);
        }
    }

    void assertIsInCache() {
        assertThat(cache.file(Published.NAME)).hasBinaryContent(model);
        assertThat(cache.checksum(Published.NAME))
                .hasContent(Published.sha256(model) + "  " + Published.NAME + ".tflite");
        assertThat(names())
                .containsExactlyInAnyOrder(Published.NAME + ".tflite", Published.NAME + ".tflite.sha256", "lock");
    }

    void assertNothingIsInCache() {
        assertThat(names()).containsExactly("lock");
    }

    List<String> names() {
        try (var files = Files.list(cache.folder())) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
