package org.mobilenet4j.app.cli.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.app.cli.options.ModelSource;
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

/// From whom a network learns besides the labels, and what.
final class TeacherOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Option(
            names = "--teacher",
            paramLabel = "MODEL",
            description = "Learn from what this model says of the photos, too: a file, the name of a pulled model, or"
                    + " default. Its classes may be more than the data's.")
    private @Nullable Path teacher;

    @Option(
            names = "--match",
            paramLabel = "scores|features",
            description = "What is to become like the teacher's: the scores, or the pooled features before them"
                    + " (default: scores).")
    private @Nullable String match;

    @Option(
            names = "--temperature",
            paramLabel = "T",
            description = "Of scores: the higher, the more the unlikely classes count (default: 4).")
    private @Nullable Double temperature;

    @Option(
            names = "--teacher-weight",
            paramLabel = "W",
            description =
                    "The teacher's weight against the labels', 0 to 1 (default: 0.7 for scores, 1 where the network"
                            + " ends in a sigmoid or labels are missing, 0.9 for features).")
    private @Nullable Double weight;

    @Option(
            names = "--teacher-resolution",
            paramLabel = "R",
            description = "Rows and columns at which the teacher sees the photos (default: what it says itself).")
    private @Nullable Integer resolution;

    @Option(
            names = "--teacher-cache",
            paramLabel = "FILE",
            description =
                    "Keep the teacher's answers here, and take them from here if they are there: for --augment none,"
                            + " with --flip if wanted.")
    private @Nullable Path cache;

    @Option(
            names = "--unlabeled",
            description =
                    "The photos have no labels, or none that count: a folder of photos, at any depth, or data of any"
                            + " other kind. The classes are the teacher's, a photo's class is what the teacher thinks.")
    private boolean isUnlabeled;

    @Option(names = "--unlabelled", hidden = true, description = "The old spelling of --unlabeled.")
    private boolean isUnlabeledOfOld;

    /// Whether there is a teacher.
    boolean isGiven() {
        return teacher != null;
    }

    /// The model that teaches, or none.
    ///
    /// @throws IOException when its file is missing or bad
    @Nullable
    Model read() throws IOException {
        if (teacher == null) {
            if (match != null
                    || temperature != null
                    || weight != null
                    || resolution != null
                    || cache != null
                    || isUnlabeled()) {
                throw usage("there is nothing to match, weigh or keep without --teacher MODEL");
            }
            return null;
        }
        if (isFeatures() && temperature != null) {
            throw usage("--temperature is for scores; leave it out with --match features");
        }
        var model = new ModelSource(teacher).read();
        return resolution == null ? model : model.withResolution(resolution);
    }

    /// The photos at `paths` with the classes that count.
    ///
    /// @param model the teacher that [#read] returned, if any
    /// @throws IOException when they cannot be read
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

    /// Whether the classes are what the teacher thinks.
    boolean isUnlabeled() {
        return isUnlabeled || isUnlabeledOfOld;
    }

    /// `network` with the teacher's kind of outputs.
    Network fit(Network network, @Nullable Model model) {
        return model == null || isFeatures() ? network : Distillation.likeTeacher(network, model.network());
    }

    /// `alone` with the teacher that [#read] returned, if any.
    ///
    /// @throws IOException when its answers cannot be kept, or those kept are others
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
