package org.mobilenet4j.app.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What was cut off is gone on with, and never joined to what does not belong to it.
class ResumedPullTest extends PullFixture {
    @Test
    void cutInTheMiddle() throws IOException {
        server.thenCut().thenCut();

        pull(PATIENCE);

        assertThat(problems).hasSize(2).allMatch(problem -> problem.contains("cut short"));
        assertThat(server.requests()).hasSize(3).element(0).isEqualTo("all");
        assertThat(server.requests().subList(1, 3))
                .doesNotHaveDuplicates()
                .allMatch(range -> range.matches("bytes=[1-9]\\d*-"));
        assertIsInCache();
    }

    @Test
    void cutByAServerThatTellsNoVersionsApart() throws IOException {
        server.become(archive, null);
        server.thenCut();

        pull(PATIENCE);

        assertThat(server.requests()).containsExactly("all", "all");
        assertIsInCache();
    }

    @Test
    void aWeakTagDoesNotTellVersionsApart() throws IOException {
        server.become(archive, "W/\"1\"");
        server.thenCut();

        pull(PATIENCE);

        assertThat(server.requests()).containsExactly("all", "all");
    }

    @Test
    void silence() throws IOException {
        server.thenStall();

        pull(new Patience(Duration.ofSeconds(10), Duration.ofSeconds(2), 3, Duration.ofMillis(1)));

        assertThat(problems).first().asString().contains("nothing came for 2 s");
        assertThat(server.requests()).element(1).asString().startsWith("bytes=");
        assertIsInCache();
    }

    /// A byte now and then would hold the cache's lock for days.
    @Test
    void aTrickle() throws IOException {
        server.thenTrickle();

        // Longer than a busy machine keeps the server's bytes back.
        pull(new Patience(Duration.ofSeconds(10), Duration.ofSeconds(3), 3, Duration.ofMillis(1)));

        assertThat(problems).first().asString().contains("bytes came in 6 s");
        assertIsInCache();
    }

    @Test
    void aRunThatGaveUpIsGoneOnWith() throws IOException {
        server.thenCut();
        assertThatThrownBy(() -> pull(ONE_ATTEMPT)).hasMessageContaining("cut short");
        assertThat(cache.holds(Published.NAME)).isFalse();

        pull(ONE_ATTEMPT);

        assertThat(server.requests()).element(1).asString().startsWith("bytes=");
        assertIsInCache();
    }

    @Test
    void aRunThatEndedBeforeTheCheckIsGoneOnWith() throws IOException {
        Files.createDirectories(cache.folder());
        Files.write(cache.partial(wanted.archive()), archive);

        pull(PATIENCE);

        assertThat(server.requests()).isEmpty();
        assertIsInCache();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPieceOfAnotherVersionIsNotKept(boolean serverHeedsVersions) throws IOException {
        server.become(Published.tflite(archive.length + 50_000), "\"old\"");
        server.thenCut();
        assertThatThrownBy(() -> pull(ONE_ATTEMPT)).hasMessageContaining("cut short");
        server.become(archive, "\"new\"");
        if (!serverHeedsVersions) {
            server.forgetVersions();
        }

        pull(ONE_ATTEMPT);

        assertIsInCache();
    }

    @Test
    void aPieceThatIsLongerThanTheWhole() throws IOException {
        server.become(Published.tflite(3 * archive.length), "\"old\"");
        server.thenCut();
        assertThatThrownBy(() -> pull(ONE_ATTEMPT)).hasMessageContaining("cut short");
        server.become(archive, "\"new\"");
        server.forgetVersions();

        pull(PATIENCE);

        assertThat(problems).containsExactly("the server's file is shorter than what was already downloaded");
        assertIsInCache();
    }
}
