package org.mobilenet4j.app.cli.embed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.app.cli.options.FormatOption;
import org.mobilenet4j.app.cli.options.ModelOptions;
import org.mobilenet4j.app.cli.options.PositiveNumber;
import org.mobilenet4j.app.cli.text.FailureText;
import org.mobilenet4j.app.cli.text.JsonText;
import org.mobilenet4j.app.cli.text.PlainText;
import org.mobilenet4j.classify.Embedder;
import org.mobilenet4j.data.Folder;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.image.Image;
import org.mobilenet4j.image.ImageDecoder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `mobilenet embed`: turns photos into features, and finds similar ones.
@Command(
        name = "embed",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Turn photos into embeddings, the features that a network decides by, or find photos that are alike.",
            "A photo that cannot be read is reported; the others are still embedded, and the exit status is 1."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mobilenet embed photos --out features.npy",
            "  mobilenet embed examples/orange.png --format json",
            "  mobilenet embed photo.jpg --nearest 5 --in photos",
            "",
            "Rows of a file are in the order of the photos, those of a folder by name. Similarity is the cosine of the"
                    + " angle between two embeddings."
        })
public final class EmbedCommand implements Callable<Integer> {
    /// Photos that are in memory at the same time.
    private static final int GROUP = 32;

    /// Values that a line of text shows.
    private static final int SHOWN = 6;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "IMAGE", arity = "1..*", description = "Photos to embed, or folders of photos.")
    private List<Path> images = List.of();

    @Mixin
    private final ModelOptions model = new ModelOptions();

    @Option(names = "--out", paramLabel = "FILE", description = "Write the embeddings: .csv, .json or .npy.")
    private @Nullable Path out;

    @Option(
            names = "--nearest",
            paramLabel = "K",
            converter = PositiveNumber.class,
            description = "Find the K photos that are most alike, in the folder of --in.")
    private int nearest;

    @Option(names = "--in", paramLabel = "FOLDER", description = "The photos to search; with --nearest.")
    private @Nullable Path folder;

    @Mixin
    private final FormatOption format = new FormatOption();

    private boolean isWhole = true;

    /// A photo's features.
    private record Embedded(Path file, List<Float> values) {
        float[] array() {
            var array = new float[values.size()];
            for (int i = 0; i < array.length; i++) {
                array[i] = values.get(i);
            }
            return array;
        }
    }

    @Override
    public Integer call() throws IOException {
        if ((nearest > 0) != (folder != null)) {
            throw new ParameterException(
                    spec.commandLine(), "--nearest K and --in FOLDER belong together: K photos of that folder");
        }
        var target = out == null ? null : EmbeddingFile.of(out);
        var files = files(images);
        var embedder = Embedder.open(model.load());
        var embedded = embed(embedder, files);
        var results = folder == null ? plain(embedded) : similar(embedded, embed(embedder, files(List.of(folder))));
        if (target != null && out != null) {
            if (results.isEmpty()) {
                throw new BadValueException("none of the photos could be read, so there is nothing to write to " + out);
            }
            target.write(results, out);
        }
        print(results);
        return isWhole ? 0 : 1;
    }

    private static List<Path> files(List<Path> images) throws IOException {
        var files = new ArrayList<Path>();
        for (var image : images) {
            files.addAll(Files.isDirectory(image) ? Folder.photos(image) : List.of(image));
        }
        return files;
    }

    private List<Embedded> embed(Embedder embedder, List<Path> files) {
        var embedded = new ArrayList<Embedded>();
        for (int from = 0; from < files.size(); from += GROUP) {
            var read = new ArrayList<Path>();
            var photos = new ArrayList<Image>();
            for (var file : files.subList(from, Math.min(files.size(), from + GROUP))) {
                try {
                    photos.add(ImageDecoder.decode(file));
                    read.add(file);
                } catch (IOException e) {
                    isWhole = false;
                    spec.commandLine().getErr().println("mobilenet: " + PlainText.of(FailureText.of(e)));
                }
            }
            var features = embedder.embed(photos);
            for (int i = 0; i < features.size(); i++) {
                var values = new ArrayList<Float>();
                for (float value : features.get(i)) {
                    values.add(value);
                }
                embedded.add(new Embedded(read.get(i), List.copyOf(values)));
            }
        }
        return embedded;
    }

    private static List<EmbeddedImage> plain(List<Embedded> embedded) {
        return embedded.stream()
                .map(each -> new EmbeddedImage(each.file().toString(), each.values(), null))
                .toList();
    }

    /// With the photos of `all` that are most alike. A photo is not alike to itself: its own file is left out.
    private List<EmbeddedImage> similar(List<Embedded> embedded, List<Embedded> all) throws IOException {
        var results = new ArrayList<EmbeddedImage>();
        for (var each : embedded) {
            var own = each.array();
            var similar = new ArrayList<EmbeddedImage.Similar>();
            for (var other : all) {
                if (!Files.isSameFile(each.file(), other.file())) {
                    similar.add(new EmbeddedImage.Similar(
                            other.file().toString(), Embedder.similarity(own, other.array())));
                }
            }
            similar.sort(Comparator.comparingDouble(EmbeddedImage.Similar::similarity)
                    .reversed());
            results.add(new EmbeddedImage(
                    each.file().toString(),
                    each.values(),
                    List.copyOf(similar.subList(0, Math.min(nearest, similar.size())))));
        }
        return results;
    }

    private void print(List<EmbeddedImage> results) {
        var text = spec.commandLine().getOut();
        if (format.isJson()) {
            text.print(JsonText.of(results));
            return;
        }
        if (out != null) {
            text.printf(
                    Locale.ROOT,
                    "%s: %,d embeddings of %,d values%n",
                    PlainText.of(out.toString()),
                    results.size(),
                    results.getFirst().values().size());
        }
        for (var result : results) {
            var alike = result.nearest();
            if (alike != null) {
                text.printf("%s is like%n", PlainText.of(result.file()));
                alike.forEach(other ->
                        text.printf(Locale.ROOT, "  %.3f  %s%n", other.similarity(), PlainText.of(other.file())));
            } else if (out == null) {
                var values = new StringBuilder();
                result.values().stream()
                        .limit(SHOWN)
                        .forEach(value -> values.append(String.format(Locale.ROOT, " %.3f", value)));
                text.printf(
                        Locale.ROOT,
                        "%s  %,d values:%s ...%n",
                        PlainText.of(result.file()),
                        result.values().size(),
                        values);
            }
        }
    }
}
