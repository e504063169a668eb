package org.mobilenet4j.compress.distill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.data.Split;
import org.mobilenet4j.data.augment.Augmentation;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.file.Safetensors;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Tensor;
import org.mobilenet4j.train.ColoredSquares;
import org.mobilenet4j.train.TrainingRun;
import org.mobilenet4j.train.TrainingSetup;

class CachedTeacherTest {
    private static final Augmentation FLIPS = Augmentation.NONE.withFlip(0.5);

    @TempDir
    private Path folder;

    private final AtomicInteger looks = new AtomicInteger();

    private Path file(String name) {
        return folder.resolve(name);
    }

    private TrainingSetup remembered(TrainingSetup alone, Model teacher) throws IOException {
        return Distillation.SCORES.apply(alone, "t", teacher, file("answers"), looks::incrementAndGet);
    }

    private Path train(TrainingSetup setup, String name) throws IOException {
        try (var run = TrainingRun.start(setup, file(name), file(name + ".checkpoint"))) {
            assertThat(run.run(School.NOBODY)).isTrue();
        }
        return file(name);
    }

    /// Another size and another crop than the network's, and mirrored photos: the same weights, to the
    /// bit.
    @Test
    void saysWhatTheLiveTeacherSays() throws IOException {
        var teacher = School.teacher(40);
        var alone = School.alone(School.student(), FLIPS, School.RECIPE);
        var live = train(Distillation.SCORES.apply(alone, "t", teacher), "live");
        assertThat(train(remembered(alone, teacher), "first")).hasSameBinaryContentAs(live);
        assertThat(looks).hasValue(60);
        assertThat(train(remembered(alone, teacher), "second")).hasSameBinaryContentAs(live);
        assertThat(looks).hasValue(60);
    }

    @Test
    void remembersFeaturesToo() throws IOException {
        var teacher = School.teacher(32);
        var alone = School.alone(School.student(), FLIPS, School.RECIPE.withEpochs(1));
        var live = train(Distillation.FEATURES.apply(alone, "t", teacher), "live");
        var setup = Distillation.FEATURES.apply(alone, "t", teacher, file("answers"), () -> {});
        assertThat(train(setup, "kept")).hasSameBinaryContentAs(live);
    }

    private void assertRefused(TrainingSetup alone, Model teacher, String why) {
        assertThatThrownBy(() -> remembered(alone, teacher))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file("answers") + ": ")
                .hasMessageContaining(why)
                .hasMessageNotContaining("\n");
    }

    @Test
    void refusesTheAnswersOfOthers() throws IOException {
        var teacher = School.teacher(32);
        var alone = School.alone(School.student(), Augmentation.NONE, School.RECIPE);
        remembered(alone, teacher);
        assertRefused(alone, School.teacher(32, new Softmax("predictions"), 6), "of another teacher");
        assertRefused(with(alone, new ColoredSquares(59, 0), FLIPS), teacher, "for other photos");
        assertRefused(with(alone, new ColoredSquares(60, 0), FLIPS), teacher, "no outputs for mirrored photos");
        // As many of the same names and classes, but they show something else.
        assertRefused(with(alone, new ColoredSquares(60, 3), Augmentation.NONE), teacher, "photos have changed");
        var sharper =
                teacher.withPreprocessing(teacher.preprocessing().withResize(org.mobilenet4j.image.Resize.ANTIALIAS));
        assertRefused(alone, sharper, "of another teacher");
    }

    private static TrainingSetup with(TrainingSetup setup, ColoredSquares photos, Augmentation augmentation) {
        return new TrainingSetup(
                setup.start(), new Split(photos, setup.photos().validation()), augmentation, setup.options());
    }

    @Test
    void refusesDamagedFiles() throws IOException {
        var teacher = School.teacher(32);
        var alone = School.alone(School.student(), Augmentation.NONE, School.RECIPE);
        remembered(alone, teacher);
        var whole = Safetensors.read(file("answers"));
        var other = new LinkedHashMap<>(whole.metadata());
        other.put("format", "pt");
        rewrite(other, Tensor.of(new float[180], 60, 3));
        assertRefused(alone, teacher, "is not a file of a teacher's outputs");
        rewrite(whole.metadata(), Tensor.of(new float[177], 59, 3));
        assertRefused(alone, teacher, "is damaged: its tensor plain is 59x3");
        Files.write(file("answers"), new byte[] {1, 2, 3});
        assertThatThrownBy(() -> remembered(alone, teacher))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("answers");
    }

    private void rewrite(java.util.SequencedMap<String, String> metadata, Tensor plain) throws IOException {
        var tensors = new LinkedHashMap<String, Tensor>();
        tensors.put("plain", plain);
        new Safetensors(metadata, tensors).write(file("answers"), ElementType.FLOAT32);
    }

    /// Answers that are no numbers, where the probes do not reach.
    @Test
    void saysWhichPhotoHasNoAnswer() throws IOException {
        var teacher = School.teacher(32);
        var alone = School.alone(School.student(), Augmentation.NONE, School.RECIPE);
        remembered(alone, teacher);
        var whole = Safetensors.read(file("answers"));
        var values =
                java.util.Objects.requireNonNull(whole.tensors().get("plain")).toArray();
        values[3 * 50] = Float.NaN;
        rewrite(whole.metadata(), Tensor.of(values, 60, 3));
        var setup = remembered(alone, teacher);
        assertThatThrownBy(() -> train(setup, "model"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has no output for photo 50");
    }

    @Test
    void keepsNoAnswersAboutPhotosThatChange() {
        var alone = School.alone(School.student(), Augmentation.LIGHT, School.RECIPE);
        assertThatThrownBy(() -> remembered(alone, School.teacher(32)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("only if photos do not change");
        assertThat(file("answers")).doesNotExist();
    }
}
