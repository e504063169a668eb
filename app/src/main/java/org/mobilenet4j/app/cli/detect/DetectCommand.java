package org.mobilenet4j.app.cli.detect;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.app.cli.options.FormatOption;
import org.mobilenet4j.app.cli.options.ModelOptions;
import org.mobilenet4j.app.cli.text.FailureText;
import org.mobilenet4j.app.cli.text.JsonText;
import org.mobilenet4j.app.cli.text.PlainText;
import org.mobilenet4j.data.Folder;
import org.mobilenet4j.detect.Detection;
import org.mobilenet4j.detect.Detector;
import org.mobilenet4j.image.Image;
import org.mobilenet4j.image.ImageDecoder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `mobilenet detect`: finds objects in photos.
@Command(
        name = "detect",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Find objects in photos, with a model that detects: their labels and boxes.",
            "A photo that cannot be read is reported; the others are still looked through, and the exit status is 1."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mobilenet detect --model ssd_mobilenet_v1.tflite photo.jpg --draw boxes.png",
            "  mobilenet detect --model ssd_mobilenet_v1.tflite photos --min-score 0.5 --draw drawn --format json",
            "",
            "A box is its upper, left, lower and right edge, in pixels of the photo as it is seen.",
            "Labels come from the model, from labels.txt or labelmap.txt beside it, or from --label-names."
        })
public final class DetectCommand implements Callable<Integer> {
    private static final Path STANDARD_INPUT = Path.of("-");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "IMAGE",
            arity = "1..*",
            description = "Photos to look through, or folders of photos; - for standard input.")
    private List<Path> images = List.of();

    @Mixin
    private final ModelOptions model = new ModelOptions();

    @Option(
            names = "--min-score",
            paramLabel = "S",
            description = "Leave out what is less certain, from 0 to 1 (default: 0.3).")
    private float minScore = 0.3f;

    @Mixin
    private final DrawOption drawing = new DrawOption();

    @Mixin
    private final FormatOption format = new FormatOption();

    /// @param photo and what is in it; null if it could not be read
    private record Result(DetectedImage image, @Nullable Image photo, List<Detection> detections) {}

    @Override
    public Integer call() throws IOException {
        var files = files();
        drawing.prepare(files.size());
        var plan = model.plan(model.load());
        // Several photos are run side by side, each on one thread, which takes less time than one after the other.
        var detector =
                Detector.open(plan, files.size() == 1 ? model.threads() : 1).withMinScore(minScore);
        plan.prepare();
        var all = new ArrayList<DetectedImage>();
        long start = System.nanoTime();
        try (var threads = Executors.newFixedThreadPool(model.threads())) {
            var running = new ArrayDeque<Future<Result>>();
            for (var file : files) {
                running.add(threads.submit(() -> detect(detector, file)));
                // Few photos at a time are in memory.
                if (running.size() > 2 * model.threads()) {
                    report(running.remove(), all);
                }
            }
            while (!running.isEmpty()) {
                report(running.remove(), all);
            }
        }
        print(all, (System.nanoTime() - start) / 1e9);
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

    private static Result detect(Detector detector, Path file) {
        try {
            long start = System.nanoTime();
            var photo = file.equals(STANDARD_INPUT)
                    ? ImageDecoder.decode(System.in, "standard input")
                    : ImageDecoder.decode(file);
            var detections = detector.detect(photo);
            double millis = (System.nanoTime() - start) / 1e6;
            return new Result(DetectedImage.of(file, detections, millis), photo, detections);
        } catch (IOException e) {
            return new Result(DetectedImage.failed(file, FailureText.of(e)), null, List.of());
        }
    }

    private void report(Future<Result> running, List<DetectedImage> all) throws IOException {
        var result = await(running);
        var image = result.image();
        all.add(image);
        if (result.photo() == null) {
            spec.commandLine().getErr().println("mobilenet: " + PlainText.of(String.valueOf(image.error())));
            return;
        }
        drawing.draw(Path.of(image.file()), result.photo(), result.detections());
        if (!format.isJson()) {
            var out = spec.commandLine().getOut();
            out.print(DetectionText.of(image));
            out.flush();
        }
    }

    private static Result await(Future<Result> running) throws IOException {
        try {
            return running.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException problem) {
                throw problem;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while detecting", e);
        }
    }

    private void print(List<DetectedImage> all, double seconds) {
        PrintWriter out = spec.commandLine().getOut();
        if (format.isJson()) {
            out.print(JsonText.of(all));
        } else if (all.size() > 1) {
            out.printf(Locale.ROOT, "%d photos, %.1f a second%n", all.size(), all.size() / seconds);
        }
    }
}
