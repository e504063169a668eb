package org.mobilenet4j.compress.distill;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.data.batch.Rendering;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.model.FeatureExtractor;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.train.Teacher;
import org.mobilenet4j.train.TrainingSetup;
import org.mobilenet4j.train.loss.Loss;

/// Settings of knowledge distillation. Adds a teacher to a training setup:
///
/// ```
/// var taught = Distillation.SCORES.withTemperature(4).apply(setup, "default", model);
/// try (var run = TrainingRun.start(taught, out, checkpoint)) { ... }
/// ```
///
/// The teacher sees the same photos as the student, cropped, colored and mixed by the same random choices, each in its
/// own size. A network that ends in a sigmoid, for any number of labels per photo, learns with [SoftLabelLoss] from a
/// teacher that also ends in one.
///
/// @param match what the student matches
/// @param temperature temperature of [SoftTargetLoss]; no effect elsewhere
/// @param weight weight of the teacher against the labels, from 0 to 1
public record Distillation(Match match, double temperature, double weight) {
    /// What the student matches.
    public enum Match {
        /// The outputs: logits or probabilities.
        SCORES,
        /// The pooled features that its last layer reads.
        FEATURES
    }

    /// At higher temperatures all classes look the same.
    static final double MAX_TEMPERATURE = 1000;

    /// Logits at temperature 4, with weight 0.7.
    public static final Distillation SCORES = new Distillation(Match.SCORES, 4, 0.7);

    /// Independent probabilities, without labels.
    public static final Distillation PROBABILITIES = SCORES.withWeight(1);

    /// Features, with weight 0.9.
    public static final Distillation FEATURES = new Distillation(Match.FEATURES, 1, 0.9);

    /// @throws IllegalArgumentException when a number is out of its range
    public Distillation {
        switch (match) {
            case SCORES -> new SoftTargetLoss(temperature, weight, 0);
            case FEATURES -> new FeatureLoss(weight, 0, 1);
        }
    }

    /// The default for a network: [#PROBABILITIES] if it ends in a sigmoid, otherwise [#SCORES].
    public static Distillation forScoresOf(Network network) {
        return OutputKind.of(network) == OutputKind.MANY_LABELS ? PROBABILITIES : SCORES;
    }

    /// With another temperature.
    public Distillation withTemperature(double newTemperature) {
        return new Distillation(match, newTemperature, weight);
    }

    /// With another weight for the teacher.
    public Distillation withWeight(double newWeight) {
        return new Distillation(match, temperature, newWeight);
    }

    /// `student` with the teacher's kind of probabilities: if the teacher ends in a sigmoid and the student in a
    /// softmax, the softmax becomes a sigmoid.
    public static Network likeTeacher(Network student, Network teacher) {
        Objects.requireNonNull(student, "student");
        Objects.requireNonNull(teacher, "teacher");
        return OutputKind.of(teacher) == OutputKind.MANY_LABELS ? OutputKind.withSigmoid(student) : student;
    }

    /// `alone` with a teacher that is run on every batch.
    ///
    /// @param name the teacher's name in notes and messages
    /// @throws IllegalArgumentException when the teacher lacks classes of the data, or its kind of outputs differs
    ///     from the student's
    public TrainingSetup apply(TrainingSetup alone, String name, Model teacher) {
        return taught(alone, name, teacher, live(alone, name, teacher));
    }

    /// `alone` with a teacher that is run on every photo once: its outputs are written to `cache`, or read from
    /// there if it exists. For photos that do not change between epochs, except for flips.
    ///
    /// @param eachPhoto called for each photo that the teacher is run on
    /// @throws IOException when the file cannot be written, or was made with another teacher or other photos
    /// @throws IllegalArgumentException as above, or when photos change from epoch to epoch
    public TrainingSetup apply(TrainingSetup alone, String name, Model teacher, Path cache, Runnable eachPhoto)
            throws IOException {
        var live = live(alone, name, teacher);
        return taught(alone, name, teacher, CachedTeacher.of(live, alone, cache, eachPhoto));
    }

    private TrainingSetup taught(TrainingSetup alone, String name, Model model, Teacher teacher) {
        var notes = new LinkedHashMap<>(alone.start().notes());
        notes.put("teacher", name + " (" + model.network().name() + ")");
        notes.put("taught by", text(alone.start().network()));
        return alone.withTeacher(teacher, loss(alone, model), notes);
    }

    private String text(Network student) {
        return switch (match) {
            case FEATURES -> "features, weight " + weight;
            case SCORES ->
                OutputKind.of(student) == OutputKind.MANY_LABELS
                        ? "probabilities, weight " + weight
                        : "scores, temperature " + temperature + ", weight " + weight;
        };
    }

    private Loss loss(TrainingSetup alone, Model teacher) {
        double smoothing = alone.options().recipe().labelSmoothing();
        return switch (match) {
            case FEATURES ->
                new FeatureLoss(weight, smoothing, features(teacher).output().channels());
            case SCORES ->
                OutputKind.of(alone.start().network()) == OutputKind.MANY_LABELS
                        ? new SoftLabelLoss(weight)
                        : new SoftTargetLoss(temperature, weight, smoothing);
        };
    }

    private LiveTeacher live(TrainingSetup alone, String name, Model model) {
        var student =
                new Rendering(alone.start().network().input(), alone.start().preprocessing());
        return switch (match) {
            case FEATURES -> {
                var body = features(model);
                var looking = new Model(body, model.weights().only(body), List.of(), model.preprocessing());
                var answer = new TeacherOutput.Features(body.output().channels());
                FeatureBranch.of(alone.start().network(), answer.width());
                yield new LiveTeacher(looking, answer, student);
            }
            case SCORES -> {
                requireSameKind(alone.start().network(), model.network(), name);
                var classes = ClassMap.of(alone.photos().train().labels(), model.labels(), name);
                var answer = OutputKind.of(model.network()) == OutputKind.MANY_LABELS
                        ? new TeacherOutput.Probabilities(classes)
                        : new TeacherOutput.Scores(classes, OutputKind.of(model.network()) == OutputKind.ONE_CLASS);
                yield new LiveTeacher(model, answer, student);
            }
        };
    }

    private static void requireSameKind(Network student, Network teacher, String name) {
        if (teacher.output().pixels() != 1) {
            throw new BadValueException("the teacher " + name + " ends in a feature map of " + teacher.output()
                    + ", not in classes; use one with a classifier");
        }
        if (student.output().channels() == 1 || teacher.output().channels() == 1) {
            throw new BadValueException("with the teacher " + name + ", student and teacher need an output for each"
                    + " class, not one for two; use such networks, or match features");
        }
        boolean isMany = OutputKind.of(student) == OutputKind.MANY_LABELS;
        if (isMany != (OutputKind.of(teacher) == OutputKind.MANY_LABELS)) {
            throw new BadValueException("the teacher " + name
                    + (isMany
                            ? " does not end in a sigmoid, but the student does"
                            : " ends in a sigmoid, but the student does not")
                    + "; let both end in the same, or match features");
        }
    }

    private static Network features(Model teacher) {
        var body = FeatureExtractor.network(teacher.network());
        if (body.output().pixels() != 1) {
            throw new BadValueException("the teacher " + teacher.network().name()
                    + " does not end in pooling and a classifier, so it has no features to match; match scores");
        }
        return body;
    }
}
