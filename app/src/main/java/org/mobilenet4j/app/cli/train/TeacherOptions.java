package org.mobilenet4j.app.cli.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.app.cli.options.ModelSource;
import org.mobilenet4j.app.cli.options.OptionGroup;
import org.mobilenet4j.app.cli.text.Progress;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.compress.distill.Distillation;
import org.mobilenet4j.compress.distill.TeacherLabels;
import org.mobilenet4j.data.DataSet;
import org.mobilenet4j.data.Folder;
import org.mobilenet4j.formats.dataset.DataSets;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.train.TrainingSetup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Options of knowledge distillation.
@OptionGroup("Distillation")
final class TeacherOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Option(
            names = "--teacher",
            paramLabel = "MODEL",
            description = "Distill from this model as well as the labels: a file, the name of a pulled model, or"
                    + " default."
                    + " It may have more classes than the data.")
    private @Nullable Path teacher;

    @Option(
            names = "--match",
            paramLabel = "scores|features",
            description = "What to match with the teacher: the output scores, or the pooled features before them"
                    + " (default: scores).")
    private @Nullable String match;

    @Option(
            names = "--temperature",
            paramLabel = "T",
            description = "Distillation temperature for scores; higher values give unlikely classes more weight"
                    + " (default: 4).")
    private @Nullable Double temperature;

    @Option(
            names = "--teacher-weight",
            paramLabel = "W",
            description = "Weight of the teacher's loss, from 0 to 1; the labels get the rest (default: 0.7 for scores,"
                    + " 0.9 for"
                    + " features, 1 if the network ends in a sigmoid or there are no labels).")
    private @Nullable Double weight;

    @Option(
            names = "--teacher-resolution",
            paramLabel = "R",
            description = "The teacher's input height and width (default: the model's own).")
    private @Nullable Integer resolution;

    @Option(
            names = "--teacher-cache",
            paramLabel = "FILE",
            description = "Cache the teacher's outputs in this file and reuse them. Requires --augment none; --flip is"
                    + " allowed.")
    private @Nullable Path cache;

    @Option(
            names = "--unlabeled",
            description = "Ignore labels: DATA is a folder of photos, at any depth, or any other kind of data. The"
                    + " classes are"
                    + " the teacher's, and each photo gets the class that the teacher predicts.")
    private boolean isUnlabeled;

    @Option(names = "--unlabelled", hidden = true, description = "The old spelling of --unlabeled.")
    private boolean isUnlabeledOfOld;

    /// Whether there is a teacher.
    boolean isGiven() {
        return teacher != null;
    }

    /// Reads the teacher, if there is one.
    ///
    /// @throws IOException if its file is missing or malformed
    @Nullable
    Model read() throws IOException {
        if (teacher == null) {
            if (match != null
                    || temperature != null
                    || weight != null
                    || resolution != null
                    || cache != null
                    || isUnlabeled()) {
                throw usage("options of distillation have no effect without --teacher MODEL");
            }
            return null;
        }
        if (isFeatures() && temperature != null) {
            throw usage("--temperature applies to scores; leave it out with --match features");
        }
        var model = new ModelSource(teacher).read();
        return resolution == null ? model : model.withResolution(resolution);
    }

    /// The photos at `paths`, with the teacher's classes if they are unlabeled.
    ///
    /// @param model the teacher that [#read] returned, if any
    /// @throws IOException if they cannot be read
    DataSet photos(List<Path> paths, @Nullable Model model, int threads) throws IOException {
        if (model == null || !isUnlabeled()) {
            return DataSets.open(paths.toArray(Path[]::new));
        }
        var folder = paths.getFirst();
        boolean isFolder = paths.size() == 1 && Files.isDirectory(folder);
        var photos = isFolder && !model.labels().isEmpty()
                ? Folder.unlabeled(folder, model.labels())
                : DataSets.open(paths.toArray(Path[]::new));
        try (var bar = Progress.of("the teacher looks", photos.size())) {
            return TeacherLabels.of(photos, model, threads, bar::step);
        }
    }

    /// Whether the teacher's predictions replace the labels.
    boolean isUnlabeled() {
        return isUnlabeled || isUnlabeledOfOld;
    }

    /// `network` with the teacher's kind of outputs.
    Network fit(Network network, @Nullable Model model) {
        return model == null || isFeatures() ? network : Distillation.likeTeacher(network, model.network());
    }

    /// `alone` with the teacher that [#read] returned, if any.
    ///
    /// @throws IOException if its outputs cannot be cached, or the cache holds those of another teacher or other
    ///     photos
    TrainingSetup teach(TrainingSetup alone, @Nullable Model model) throws IOException {
        if (model == null) {
            return alone;
        }
        var distillation = isFeatures()
                ? Distillation.FEATURES
                : Distillation.forScoresOf(alone.start().network());
        distillation = temperature == null ? distillation : distillation.withTemperature(temperature);
        distillation = isUnlabeled() && !isFeatures() ? distillation.withWeight(1) : distillation;
        distillation = weight == null ? distillation : distillation.withWeight(weight);
        var name = String.valueOf(teacher == null ? null : teacher.getFileName());
        if (cache == null) {
            return distillation.apply(alone, name, model);
        }
        if (Files.exists(cache)) {
            return distillation.apply(alone, name, model, cache, () -> {});
        }
        try (var bar = Progress.of("the teacher looks", alone.photos().train().size())) {
            return distillation.apply(alone, name, model, cache, bar::step);
        }
    }

    private boolean isFeatures() {
        return switch (match) {
            case null -> false;
            case "scores" -> false;
            case "features" -> true;
            default -> throw usage("--match takes scores or features, not " + match);
        };
    }

    private ParameterException usage(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
