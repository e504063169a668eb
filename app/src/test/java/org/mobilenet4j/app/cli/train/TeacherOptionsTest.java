package org.mobilenet4j.app.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mobilenet4j.app.cli.Run;
import org.mobilenet4j.app.cli.Samples;
import org.mobilenet4j.model.file.ModelFile;

/// `mobilenet train --teacher`, with a teacher that knows seven animals and pictures of two or three.
class TeacherOptionsTest {
    @TempDir
    private Path folder;

    private Path photos(String... classes) throws IOException {
        var photos = folder.resolve("photos");
        for (int c = 0; c < classes.length; c++) {
            var place = Files.createDirectories(photos.resolve(classes[c]));
            for (int i = 0; i < 8; i++) {
                Samples.png(place.resolve(i + ".png"), 100L * c + i);
            }
        }
        return photos;
    }

    private Path teacher() throws IOException {
        return Samples.model(folder.resolve("wise.safetensors"), Samples.weights(), Samples.LABELS);
    }

    private Path out() {
        return folder.resolve("model.safetensors");
    }

    private Run train(Path photos, Object... more) {
        var all = new ArrayList<Object>(List.of("train", photos, "--out", out(), "--threads", 2));
        all.addAll(List.of("--network", "mobilenet-v1:0.25:64", "--batch", 4, "--epochs", 1, "--rate", 0.01));
        all.addAll(List.of(more));
        return Run.of(all.toArray());
    }

    private static void assertFails(Run run, String says) {
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.errLines()).hasSize(1);
        assertThat(run.errLines().getFirst()).startsWith("mobilenet: ").contains(says);
    }

    private static void assertMisused(Run run, String says) {
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains(says);
    }

    private String taughtBy() throws IOException {
        return String.valueOf(ModelFile.read(out()).notes().get("taught by"));
    }

    @Test
    void learnsFromATeacherThatKnowsMore() throws IOException {
        var photos = photos("dog", "ant");
        var run = train(photos, "--teacher", teacher(), "--temperature", 2, "--teacher-weight", 0.5);
        assertThat(run.exit()).as(run.err()).isZero();
        var model = ModelFile.read(out());
        assertThat(model.labels()).containsExactly("ant", "dog");
        assertThat(model.notes().get("teacher")).startsWith("wise.safetensors (mobilenet-v1-0.25-32");
        assertThat(taughtBy()).isEqualTo("scores, temperature 2.0, weight 0.5");
        var again = train(photos, "--teacher", teacher(), "--temperature", 3, "--teacher-weight", 0.5, "--resume");
        assertFails(again, "belongs to a training with the loss");
    }

    @Test
    void matchesFeatures() throws IOException {
        var run =
                train(photos("hen", "owl"), "--teacher", teacher(), "--match", "features", "--teacher-resolution", 64);
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(taughtBy()).isEqualTo("features, weight 0.9");
    }

    @Test
    void keepsTheTeachersAnswers() throws IOException {
        var photos = photos("cat", "dog", "eel");
        var kept = folder.resolve("answers");
        Object[] options = {"--teacher", teacher(), "--augment", "none", "--flip", 0.5, "--teacher-cache", kept};
        assertThat(train(photos, options).exit()).isZero();
        var first = Files.readAllBytes(out());
        var answers = Files.readAllBytes(kept);
        assertThat(train(photos, options).exit()).isZero();
        assertThat(Files.readAllBytes(out())).isEqualTo(first);
        assertThat(Files.readAllBytes(kept)).isEqualTo(answers);

        options[5] = 0;
        Files.writeString(kept, "no answers at all");
        assertFails(train(photos, options), "answers: ");
        options[3] = "light";
        assertFails(train(photos, options), "only if photos do not change");
    }

    /// Photos in a heap, whose classes are what the teacher thinks.
    @Test
    void learnsFromPhotosWithoutLabels() throws IOException {
        var heap = Files.createDirectory(folder.resolve("heap"));
        for (int i = 0; i < 24; i++) {
            Samples.png(heap.resolve(i + ".png"), i);
        }
        var run = train(heap, "--teacher", teacher(), "--unlabeled");
        assertThat(run.exit()).as(run.err()).isZero();
        var model = ModelFile.read(out());
        assertThat(model.labels()).isEqualTo(Samples.LABELS);
        assertThat(taughtBy()).isEqualTo("scores, temperature 4.0, weight 1.0");
        assertThat(model.notes().get("trained on")).contains("photos without labels of heap");
        assertFails(train(heap, "--teacher", teacher()), "has no folders of photos");
    }

    @Test
    void saysWhatIsWrongInOneLine() throws IOException {
        var photos = photos("dog", "yak");
        assertFails(
                train(photos, "--teacher", teacher()), "the teacher wise.safetensors does not know the class 'yak'");
        assertFails(train(photos, "--teacher", folder.resolve("none.safetensors")), "none.safetensors");
        assertFails(train(photos, "--teacher", teacher(), "--teacher-weight", 2), "between 0 and 1");
        assertFails(train(photos, "--teacher", teacher(), "--temperature", 0), "temperature");
        assertFails(
                train(photos, "--teacher", teacher(), "--match", "features", "--teacher-weight", 1),
                "must lie below 1");
        assertFails(train(photos, "--teacher", teacher(), "--teacher-resolution", -3), "-3");
        assertThat(out()).doesNotExist();
    }

    @Test
    void saysWhichOptionsDoNotGoTogether() throws IOException {
        var photos = photos("cat", "dog");
        assertMisused(train(photos, "--temperature", 3), "without --teacher MODEL");
        assertMisused(train(photos, "--unlabeled"), "without --teacher MODEL");
        assertMisused(train(photos, "--unlabelled"), "without --teacher MODEL"); // as it was once spelled
        assertMisused(train(photos, "--teacher", teacher(), "--match", "names"), "scores or features, not names");
        assertMisused(
                train(photos, "--teacher", teacher(), "--match", "features", "--temperature", 3),
                "--temperature applies to");
        assertMisused(
                Run.of("train", photos, "--out", out(), "--init", teacher(), "--head-only", "--teacher", teacher()),
                "--head-only");
    }
}
