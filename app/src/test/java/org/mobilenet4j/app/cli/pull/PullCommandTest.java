package org.mobilenet4j.app.cli.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mobilenet4j.app.cli.Run;
import org.mobilenet4j.app.cli.Samples;

/// `pull`, `models`, and models by name, with a cache of the test's own and no network.
class PullCommandTest {
    private static final String PROPERTY = "mobilenet4j.cache";
    private static final String NAME = "mobilenet_v1_0.25_128";
    private static final Path PUBLISHED = Path.of("../../shared/models/imagenet");

    @TempDir
    private Path folder;

    private Path cache;

    @BeforeEach
    void useCache() {
        cache = folder.resolve("cache");
        System.setProperty(PROPERTY, cache.toString());
    }

    @AfterEach
    void useTheUsersCache() {
        System.clearProperty(PROPERTY);
    }

    @Test
    void modelsAreListed() throws IOException {
        Files.createDirectory(cache);
        Files.write(cache.resolve(NAME + ".tflite"), new byte[1234]);

        var text = Run.of("models");
        assertThat(text.exit()).isZero();
        assertThat(text.err()).isEmpty();
        assertThat(text.out())
                .containsPattern("(?m)^mobilenet_v1_1.0_224 +1.0 +224 +float32 +70.9 % +89.9 % +-$")
                .containsPattern("(?m)^mobilenet_v1_0.25_128 +0.25 +128 +float32 +41.5 % +66.3 % +1,234$")
                .contains(cache.toString());

        var json = Run.of("models", "--format", "json").json();
        assertThat(json.get("cache").asString()).isEqualTo(cache.toString());
        assertThat(json.get("models")).hasSize(32);
        assertThat(json.get("models").valueStream())
                .filteredOn(model -> !model.get("bytes").isNull())
                .singleElement()
                .satisfies(model -> {
                    assertThat(model.get("name").asString()).isEqualTo(NAME);
                    assertThat(model.get("bytes").asInt()).isEqualTo(1234);
                    assertThat(model.get("file").asString())
                            .isEqualTo(cache.resolve(NAME + ".tflite").toString());
                    assertThat(model.get("top1").asDouble()).isEqualTo(0.415);
                    assertThat(model.get("address").asString())
                            .startsWith("https://")
                            .endsWith(NAME + ".tgz");
                });
    }

    @Test
    void aFileOfThatNameAlone() throws IOException {
        var mirror = Files.createDirectory(folder.resolve("mirror"));
        Files.writeString(mirror.resolve(NAME + ".tgz"), "not what was published");

        assertFails(1, "is not what was published", "pull", NAME, "--mirror", mirror);
        assertFails(
                1,
                "mobilenet_v1_1.0_224.tgz: there is no such file",
                "pull",
                "mobilenet_v1_1.0_224",
                "--mirror",
                mirror);
        assertThat(cache).isDirectoryNotContaining(file -> !file.endsWith("lock"));
    }

    @Test
    void whatCannotBePulled() {
        assertFails(1, "mobilenet_v9: no model in the catalog", "pull", NAME, "mobilenet_v9");
        assertFails(1, "no such folder", "pull", NAME, "--mirror", folder.resolve("missing"));
        assertFails(2, "--help", "pull");
        assertThat(cache).doesNotExist();
    }

    @Test
    void aModelThatWasNotPulled() throws IOException {
        var photo = Samples.png(folder.resolve("photo.png"), 1);

        assertFails(1, NAME + ": not downloaded yet; run mobilenet pull " + NAME, "classify", "--model", NAME, photo);
        assertFails(1, "run mobilenet pull " + NAME, "inspect", NAME);
        assertFails(1, "no such file", "inspect", "./" + NAME);
        assertFails(1, "no such file", "inspect", "mobilenet_v9");
    }

    @Test
    void aPulledModelHasItsLabels() throws IOException {
        assumeTrue(Files.isDirectory(PUBLISHED), "no published models beside the checkout");
        Files.createDirectory(cache);
        Files.copy(PUBLISHED.resolve(NAME + ".tflite"), cache.resolve(NAME + ".tflite"));
        Files.copy(PUBLISHED.resolve("labels.txt"), cache.resolve("labels.txt"));
        var photo = Samples.png(folder.resolve("photo.png"), 1);

        var run = Run.of("classify", "--model", NAME, "--top", "1001", "--format", "json", photo);
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.json().get(0).get("predictions").valueStream())
                .extracting(prediction -> prediction.get("label").asString())
                .contains("background", "tench", "toilet tissue");

        var inspected = Run.of("inspect", NAME, "--format", "json").json();
        assertThat(inspected.get("labels").asInt()).isEqualTo(1001);
        assertThat(inspected.get("fileBytes").asLong()).isEqualTo(Files.size(cache.resolve(NAME + ".tflite")));
    }

    private static void assertFails(int exit, String says, Object... arguments) {
        var run = Run.of(arguments);
        assertThat(run.exit()).as(run.err()).isEqualTo(exit);
        assertThat(run.out()).isEmpty();
        assertThat(run.errLines()).singleElement().asString().contains(says);
        assertThat(run.err()).doesNotContain("Exception", "internal error", "\tat ");
    }
}
