package org.mobilenet4j.app.cli.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.app.cli.options.OptionGroup;
import org.mobilenet4j.app.cli.options.PositiveNumber;
import org.mobilenet4j.app.cli.train.DataOptions;
import org.mobilenet4j.data.DataSet;
import org.mobilenet4j.data.InMemory;
import org.mobilenet4j.data.Labels;
import org.mobilenet4j.data.Split;
import org.mobilenet4j.data.Subset;
import org.mobilenet4j.formats.dataset.ClassNames;
import org.mobilenet4j.formats.dataset.DataSets;
import picocli.CommandLine.Option;

/// The photos of an experiment: a fixed subset of the classes, and the first photos of each.
@OptionGroup("Data")
final class ExperimentData {
    private static final int DEFAULT_CLASSES = 40;

    /// Share of the JVM's memory for decoded photos of either kind.
    private static final double CACHE_SHARE = 0.3;

    @Option(
            names = "--data",
            required = true,
            arity = "1..*",
            paramLabel = "DATA",
            description = "Training photos: a folder, archives, a CSV file or IDX files.")
    private List<Path> data = List.of();

    @Option(
            names = "--validation",
            arity = "1..*",
            paramLabel = "DATA",
            description = "Validation photos (default: the validation photos in DATA).")
    private List<Path> validation = List.of();

    @Option(
            names = "--classes-of",
            paramLabel = "N",
            converter = PositiveNumber.class,
            description =
                    "Use N classes, evenly spaced in the sorted list of all (default: 40, or all if there are fewer).")
    private @Nullable Integer classes;

    @Option(
            names = "--per-class",
            paramLabel = "N",
            converter = PositiveNumber.class,
            description = "Train on the first N photos of each class (default: 250).")
    private int perClass = 250;

    /// Decodes the photos and keeps them.
    ///
    /// @throws IOException when data is missing, or has fewer classes than asked for
    Split photos() throws IOException {
        var all = DataSets.open(data.toArray(Path[]::new));
        var measured = validation.isEmpty() ? own() : DataSets.open(validation.toArray(Path[]::new));
        Labels.requireSame(all, measured);
        var wanted = wanted(all);
        var learned = Subset.perClass(Subset.ofClasses(all, wanted::contains), perClass);
        return new Split(held(named(learned)), held(named(Subset.ofClasses(measured, wanted::contains))));
    }

    /// The data sets' names, without their folders.
    SequencedMap<String, String> origin() {
        var origin = new LinkedHashMap<String, String>();
        origin.put("data", names(data));
        origin.put("validation", validation.isEmpty() ? names(data) : names(validation));
        return origin;
    }

    private DataSet own() throws IOException {
        var own = data.size() == 1 ? DataSets.validation(data.getFirst()) : Optional.<DataSet>empty();
        return own.orElseThrow(
                () -> new IOException(names(data) + ": has no validation photos; give some with --validation"));
    }

    private Set<String> wanted(DataSet all) throws IOException {
        var labels = all.labels();
        int count = classes == null ? Math.min(DEFAULT_CLASSES, labels.size()) : classes;
        if (count > labels.size()) {
            throw new IOException(all.name() + ": has " + labels.size() + " classes, not the " + count
                    + " of --classes-of; ask for " + labels.size() + " at most");
        }
        var wanted = new HashSet<String>();
        for (int i = 0; i < count; i++) {
            wanted.add(labels.get((int) ((long) i * labels.size() / count)));
        }
        return wanted;
    }

    /// With readable class names if there is a `classes.csv` beside the first archive.
    private DataSet named(DataSet photos) throws IOException {
        var first = data.getFirst();
        var names = first.toAbsolutePath().resolveSibling("classes.csv");
        return Files.isRegularFile(first) && Files.isRegularFile(names) ? ClassNames.apply(photos, names) : photos;
    }

    private static DataSet held(DataSet photos) throws IOException {
        return InMemory.of(photos, (long) (Runtime.getRuntime().maxMemory() * CACHE_SHARE));
    }

    private static String names(List<Path> paths) {
        return paths.stream().map(DataOptions::nameOf).collect(Collectors.joining(", "));
    }
}
