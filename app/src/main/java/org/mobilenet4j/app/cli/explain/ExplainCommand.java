package org.mobilenet4j.app.cli.explain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.app.cli.options.ClassNames;
import org.mobilenet4j.app.cli.options.FormatOption;
import org.mobilenet4j.app.cli.options.ModelOptions;
import org.mobilenet4j.app.cli.text.Encoding;
import org.mobilenet4j.app.cli.text.FailureText;
import org.mobilenet4j.app.cli.text.JsonText;
import org.mobilenet4j.app.cli.text.PlainText;
import org.mobilenet4j.data.Folder;
import org.mobilenet4j.explain.Explainer;
import org.mobilenet4j.image.Image;
import org.mobilenet4j.image.ImageDecoder;
import org.mobilenet4j.infer.SessionOptions;
import org.mobilenet4j.model.Model;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `mobilenet explain`: shows where in a photo a class is seen.
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Show where in photos a network sees a class: a class activation map.",
            "A photo that cannot be read is reported; the others are still explained, and the exit status is 1."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mobilenet explain examples/orange.png --overlay seen.png",
            "  mobilenet explain --class lemon examples/orange.png",
            "  mobilenet explain --model mobilenet_v1_1.0_224 photos --overlay seen --format json",
            "",
            "What is above zero speaks for the class. Where the network ends in global average pooling and one dense"
                    + " layer, as MobileNet does, the map is exact: its mean is the class's logit less its bias. Elsewhere"
                    + " gradients stand for the dense layer's weights (Grad-CAM)."
        })
public final class ExplainCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "IMAGE", arity = "1..*", description = "Photos to explain, or folders of photos.")
    private List<Path> images = List.of();

    @Mixin
    private final ModelOptions model = new ModelOptions();

    @Option(
            names = "--class",
            paramLabel = "CLASS",
            description = "The class to look for, by its label or its index (default: each photo's most probable).")
    private @Nullable String wanted;

    @Mixin
    private final OverlayOption overlay = new OverlayOption();

    @Mixin
    private final FormatOption format = new FormatOption();

    @Override
    public Integer call() throws IOException {
        var files = files();
        overlay.prepare(files.size());
        var loaded = model.load();
        var index = index(loaded);
        var explainer = Explainer.open(loaded, SessionOptions.DEFAULT.withThreads(model.threads()));
        var all = new ArrayList<ExplainedImage>();
        boolean isWhole = true;
        for (var file : files) {
            var image = explain(explainer, file, index);
            all.add(image);
            if (image.error() != null) {
                isWhole = false;
                spec.commandLine().getErr().println("mobilenet: " + PlainText.of(image.error()));
            }
        }
        if (format.isJson()) {
            spec.commandLine().getOut().print(JsonText.of(all));
        }
        return isWhole ? 0 : 1;
    }

    /// The photos, those in folders one by one.
    private List<Path> files() throws IOException {
        var files = new ArrayList<Path>();
        for (var image : images) {
            files.addAll(Files.isDirectory(image) ? Folder.photos(image) : List.of(image));
        }
        return files;
    }

    private OptionalInt index(Model loaded) {
        if (wanted == null) {
            return OptionalInt.empty();
        }
        if (wanted.matches("\\d{1,9}") && !loaded.labels().contains(wanted)) {
            return OptionalInt.of(Integer.parseInt(wanted));
        }
        return OptionalInt.of(
                ClassNames.find(loaded, wanted, "--class").iterator().next());
    }

    private ExplainedImage explain(Explainer explainer, Path file, OptionalInt index) throws IOException {
        long start = System.nanoTime();
        Image photo;
        try {
            photo = ImageDecoder.decode(file);
        } catch (IOException e) {
            return ExplainedImage.failed(file, FailureText.of(e));
        }
        var explanation = index.isPresent() ? explainer.explain(photo, index.getAsInt()) : explainer.explain(photo);
        double millis = (System.nanoTime() - start) / 1e6;
        var picture = overlay.draw(file, photo, explanation.map());
        if (!format.isJson()) {
            var out = spec.commandLine().getOut();
            out.print(ExplanationText.of(file.toString(), explanation, millis, Encoding.hasBlocks("stdout")));
            if (picture != null) {
                out.printf("  drawn to %s%n", PlainText.of(picture.toString()));
            }
            out.flush();
        }
        return ExplainedImage.of(file, explanation, picture, millis);
    }
}
