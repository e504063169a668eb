package org.mobilenet4j.app.cli.classify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.mobilenet4j.app.cli.options.ArithmeticOption;
import org.mobilenet4j.app.cli.options.FormatOption;
import org.mobilenet4j.app.cli.options.ModelOptions;
import org.mobilenet4j.app.cli.text.Encoding;
import org.mobilenet4j.app.cli.text.FailureText;
import org.mobilenet4j.app.cli.text.JsonText;
import org.mobilenet4j.app.cli.text.PlainText;
import org.mobilenet4j.classify.Classifier;
import org.mobilenet4j.data.Folder;
import org.mobilenet4j.infer.Plan;
import org.mobilenet4j.model.Model;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `mobilenet classify`: classifies photos.
@Command(
        name = "classify",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Tell what photos show: JPEG, PNG, WebP, BMP or GIF.",
            "A photo that cannot be read is reported; the others are still classified, and the exit status is 1."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mobilenet classify examples/orange.png",
            "  mobilenet classify --model mobilenet_v1_1.0_224 --top 3 photo.jpg my-photos",
            "  mobilenet classify --model mobilenet.tflite --label-names labels.txt --format json *.jpg",
            "  mobilenet classify --model caffe-style.onnx --channels bgr --mean 104,117,123 --std 1 photo.jpg",
            "",
            "Where nothing is likely, a line on standard error says so. The probabilities of a network that ends in logits are their softmax. A single sigmoid tells two classes"
                    + " apart. The time in milliseconds is that from the file to its predictions; the first photo's"
                    + " includes the warm-up of the JVM."
        })
public final class ClassifyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "IMAGE",
            arity = "1..*",
            description = "Photos to classify, or folders of photos; - for standard input.")
    private List<Path> images = List.of();

    @Mixin
    private final ModelOptions model = new ModelOptions();

    @Mixin
    private final ShownClasses shown = new ShownClasses();

    @Mixin
    private final FormatOption format = new FormatOption();

    @Override
    public Integer call() throws IOException {
        var files = files();
        var decoding = Decoding.begin(files.getFirst());
        int threads = model.threads();
        var loaded = model.load();
        shown.check(loaded);
        var plan = model.plan(loaded);
        plan.prepare();
        var classifier = Classifier.open(plan, threads);

        var out = spec.commandLine().getOut();
        var all = new ArrayList<ClassifiedImage>();
        boolean isDoubtful = false;
        for (int i = 0; i < files.size(); i++) {
            var now = decoding;
            if (i + 1 < files.size()) {
                decoding = Decoding.begin(files.get(i + 1));
            }
            var image = classify(classifier, files.get(i), now, plan);
            all.add(image);
            if (image.error() != null) {
                spec.commandLine().getErr().println("mobilenet: " + PlainText.of(image.error()));
            } else if (!format.isJson()) {
                out.print(PredictionText.of(image, Encoding.hasBlocks("stdout"), shown.minScore()));
                out.flush();
                isDoubtful |= doubt(image, loaded);
            }
        }
        if (format.isJson()) {
            out.print(JsonText.of(all));
        } else {
            for (var remark : PredictionText.remarks(plan)) {
                out.println(remark);
            }
            if (isDoubtful && model.isDefault()) {
                note("mobilenet pull mobilenet_v1_1.0_224 gets a network that knows 1,000 classes");
            }
        }
        return all.stream().anyMatch(image -> image.error() != null) ? 1 : 0;
    }

    /// The photos, those in folders one by one.
    private List<Path> files() throws IOException {
        var files = new ArrayList<Path>();
        for (var image : images) {
            files.addAll(Files.isDirectory(image) ? Folder.photos(image) : List.of(image));
        }
        return files;
    }

    /// Says so if nothing is likely.
    private boolean doubt(ClassifiedImage image, Model loaded) {
        var predictions = image.predictions();
        var doubt = predictions == null || shown.areChosen() ? "" : Doubt.of(predictions, loaded);
        if (!doubt.isEmpty()) {
            note(image.file() + ": " + doubt);
        }
        return !doubt.isEmpty();
    }

    private void note(String text) {
        var err = spec.commandLine().getErr();
        err.println("mobilenet: note: " + PlainText.of(text));
        err.flush();
    }

    private ClassifiedImage classify(Classifier classifier, Path file, Decoding decoding, Plan plan) {
        try {
            var photo = decoding.await();
            long start = System.nanoTime();
            var predictions = shown.of(classifier, photo.image());
            long nanos = photo.nanos() + System.nanoTime() - start;
            return ClassifiedImage.of(
                    file,
                    predictions,
                    nanos / 1e6,
                    ArithmeticOption.of(plan),
                    plan.model().outputs());
        } catch (IOException e) {
            return ClassifiedImage.failed(file, FailureText.of(e));
        }
    }
}
