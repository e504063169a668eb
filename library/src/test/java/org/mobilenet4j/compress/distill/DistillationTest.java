package org.mobilenet4j.compress.distill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mobilenet4j.arch.Sigmoid;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.data.augment.Augmentation;
import org.mobilenet4j.data.batch.BatchSpec;
import org.mobilenet4j.data.batch.Batches;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.infer.Session;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.model.file.ModelFile;
import org.mobilenet4j.train.ColoredSquares;
import org.mobilenet4j.train.TrainingAssembly;
import org.mobilenet4j.train.TrainingProgress;
import org.mobilenet4j.train.TrainingRun;
import org.mobilenet4j.train.TrainingSetup;

class DistillationTest {
    private static final Augmentation EVERYTHING = Augmentation.inception(0.3)
            .withShift(0.1)
            .withErasing(0.3)
            .withMixup(0.2)
            .withCutmix(1);

    @TempDir
    private Path folder;

    private Path file(String name) {
        return folder.resolve(name);
    }

    private Model train(TrainingSetup setup, String name) throws IOException {
        try (var run = TrainingRun.start(setup, file(name), file(name + ".checkpoint"))) {
            assertThat(run.run(School.NOBODY)).isTrue();
        }
        return ModelFile.read(file(name));
    }

    /// The mean cross-entropy of the model's probabilities against the teacher's, over its three
    /// classes.
    private static double distance(Model model, Model teacher) throws IOException {
        var spec = new BatchSpec(model.network().input(), model.preprocessing(), Augmentation.NONE, 30, 0, 1)
                .withSecond(new org.mobilenet4j.data.batch.Rendering(
                        teacher.network().input(), teacher.preprocessing()));
        var map = ClassMap.of(School.COLORS, teacher.labels(), "teacher");
        double sum = 0;
        try (var batches = Batches.training(new ColoredSquares(30, 1000), spec)) {
            batches.start(0);
            var batch = batches.next().orElseThrow();
            var own = Session.open(model).run(batch.images(), 30);
            var theirs = Session.open(teacher).run(batch.second(), 30);
            for (int i = 0; i < 30; i++) {
                double total = 0;
                for (int c = 0; c < 3; c++) {
                    total += theirs[4 * i + map.output(c)];
                }
                for (int c = 0; c < 3; c++) {
                    double wanted = theirs[4 * i + map.output(c)] / total;
                    sum += wanted * Math.log(wanted / own[3 * i + c]);
                }
            }
        }
        return sum / 30;
    }

    /// With the features matched, the branch that learns them stands last in what is trained, and the classifier is
    /// still
    /// no part of the body.
    @Test
    void theClassifierLearnsAtTheFullRate() {
        var recipe = School.RECIPE.with("weight-decay", "0");
        var alone = School.alone(School.student(), Augmentation.NONE, recipe);
        var slow = new TrainingSetup(
                alone.start(),
                alone.photos(),
                alone.augmentation(),
                alone.options().withBodyRate(1e-6));
        var start = slow.start().weights();
        var trainer = new TrainingAssembly(Distillation.FEATURES.apply(slow, "t", School.teacher(40))).trainer();
        var random = new Random(1);
        var images = new float[10 * trainer.network().input().elements()];
        for (int i = 0; i < images.length; i++) {
            images[i] = random.nextFloat();
        }
        trainer.step(images, new float[10 * 64], 10, 0.1);

        assertThat(change(trainer.weights(), start, "conv1/kernel")).isLessThan(1e-4f);
        assertThat(change(trainer.weights(), start, "conv_preds/bias")).isGreaterThan(1e-4f);
    }

    private static float change(Weights now, Weights then, String name) {
        float most = 0;
        for (int i = 0; i < now.get(name).size(); i++) {
            most = Math.max(most, Math.abs(now.get(name).get(i) - then.get(name).get(i)));
        }
        return most;
    }

    /// Whose opinions have nothing to do with the labels: only who is taught comes to share them.
    @Test
    void comesNearerToTheTeacherThanAlone() throws IOException {
        var teacher = School.teacher(40);
        var recipe = School.RECIPE.withEpochs(25).withRate(0.1);
        var alone = School.alone(School.student(), Augmentation.NONE, recipe);
        var taught = Distillation.SCORES.withTemperature(2).withWeight(1).apply(alone, "t", teacher);
        double without = distance(train(alone, "alone"), teacher);
        double with = distance(train(taught, "taught"), teacher);
        assertThat(with).isLessThan(0.2 * without);
    }

    @Test
    void theModelSaysWhoTaughtIt() throws IOException {
        var alone = School.alone(School.student(), Augmentation.NONE, School.RECIPE.withEpochs(1));
        var model = train(Distillation.SCORES.apply(alone, "wise", School.teacher(40)), "taught");
        assertThat(model.notes())
                .containsEntry("why", "a test")
                .containsEntry("teacher", "wise (small)")
                .containsEntry("taught by", "scores, temperature 4.0, weight 0.7");
    }

    /// A teacher of another size, and every random change of the photos; stopped every few steps.
    @Test
    void resumesToTheBit() throws IOException {
        var setup = Distillation.SCORES.apply(
                School.alone(School.student(), EVERYTHING, School.RECIPE), "t", School.teacher(40));
        train(setup, "whole");
        var model = file("parts");
        var checkpoint = file("parts.checkpoint");
        boolean isDone = false;
        for (int parts = 0; !isDone; parts++) {
            try (var run = parts == 0
                    ? TrainingRun.start(setup, model, checkpoint)
                    : TrainingRun.resume(setup, model, checkpoint)) {
                isDone = run.run(new TrainingRun.Listener() {
                    private int done;

                    @Override
                    public void step(TrainingProgress progress, int stepsPerEpoch, double loss) {
                        done++;
                        if (done == 4) {
                            run.stop();
                        }
                    }
                });
            }
        }
        assertThat(model).hasSameBinaryContentAs(file("whole"));
    }

    @Test
    void doesNotResumeWithAnotherTeacher() throws IOException {
        var alone = School.alone(School.student(), Augmentation.NONE, School.RECIPE.withEpochs(1));
        train(Distillation.SCORES.apply(alone, "t", School.teacher(32)), "one");
        var other = School.teacher(32, new Softmax("predictions"), 6);
        for (var setup : new TrainingSetup[] {
            alone,
            Distillation.SCORES.apply(alone, "t", other),
            Distillation.SCORES.withWeight(0.5).apply(alone, "t", School.teacher(32))
        }) {
            assertThatThrownBy(() -> TrainingRun.resume(setup, file("one"), file("one.checkpoint")))
                    .isInstanceOf(BadFileException.class)
                    .hasMessageContaining("belongs to a training with the");
        }
    }

    @Test
    void matchesFeatures() throws IOException {
        var teacher = School.teacher(40);
        var alone = School.alone(School.student(), Augmentation.LIGHT, School.RECIPE.withEpochs(6));
        var taught = Distillation.FEATURES.apply(alone, "t", teacher);
        var losses = new double[6];
        try (var run = TrainingRun.start(taught, file("model"), file("checkpoint"))) {
            run.run(new TrainingRun.Listener() {
                @Override
                public void epoch(TrainingProgress progress) {
                    losses[progress.epoch() - 1] = progress.history().getLast().loss();
                }
            });
        }
        // A tenth of it is the labels'.
        assertThat(losses[5] - 0.1 * Math.log(3)).isLessThan(0.5 * (losses[0] - 0.1 * Math.log(3)));
        var model = ModelFile.read(file("model"));
        assertThat(model.network()).isEqualTo(School.student());
        assertThat(model.notes()).containsEntry("taught by", "features, weight 0.9");
    }

    /// As in the paper's experiment with faces: the labels do not count, the teacher's probabilities
    /// do.
    @Test
    void mimicsManyLabels() throws IOException {
        var teacher = School.teacher(32, new Sigmoid("predictions"), 5);
        var student = Distillation.likeTeacher(School.student(), teacher.network());
        assertThat(student).isEqualTo(School.network(32, 6, 3, new Sigmoid("predictions")));
        var alone = School.alone(
                student, Augmentation.NONE, School.RECIPE.withEpochs(25).withRate(0.1));
        var model = train(Distillation.forScoresOf(student).apply(alone, "t", teacher), "taught");
        assertThat(model.notes()).containsEntry("taught by", "probabilities, weight 1.0");
        assertThat(difference(model, teacher))
                .isLessThan(0.7 * difference(alone.start().withLabels(School.COLORS), teacher));
    }

    private static double difference(Model model, Model teacher) throws IOException {
        var spec = new BatchSpec(model.network().input(), model.preprocessing(), Augmentation.NONE, 30, 0, 1);
        try (var batches = Batches.training(new ColoredSquares(30, 1000), spec)) {
            batches.start(0);
            var images = batches.next().orElseThrow().images();
            var own = Session.open(model).run(images, 30);
            var theirs = Session.open(teacher).run(images, 30);
            double sum = 0;
            var map = ClassMap.of(School.COLORS, teacher.labels(), "teacher");
            for (int i = 0; i < 90; i++) {
                sum += Math.abs(own[i] - theirs[4 * (i / 3) + map.output(i % 3)]);
            }
            return sum / 90;
        }
    }

    @Test
    void saysWhatDoesNotFit() {
        var alone = School.alone(School.student(), Augmentation.NONE, School.RECIPE);
        var many = School.teacher(32, new Sigmoid("predictions"), 5);
        assertThatThrownBy(() -> Distillation.SCORES.apply(alone, "t", many))
                .hasMessage(
                        "the teacher t ends in a sigmoid, but the student does not; let both end in the same, or match"
                                + " features");
        var stranger = School.teacher(32).withLabels(java.util.List.of("a", "b", "c", "d"));
        assertThatThrownBy(() -> Distillation.SCORES.apply(alone, "t", stranger))
                .hasMessageContaining("does not know the class 'blue' and 2 more");
        // Features have no classes.
        Distillation.FEATURES.apply(alone, "t", stranger);
        Distillation.FEATURES.apply(alone, "t", many);
    }
}
