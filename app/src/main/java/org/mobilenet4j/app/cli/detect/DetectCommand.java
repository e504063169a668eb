package org.mobilenet4j.app.cli.detect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.mobilenet4j.app.cli.options.FormatOption;
import org.mobilenet4j.app.cli.options.ModelOptions;
import org.mobilenet4j.app.cli.text.FailureText;
import org.mobilenet4j.data.Folder;
import org.mobilenet4j.data.Photo;
import org.mobilenet4j.detect.Detector;
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
            "  ffmpeg -i film.mp4 -f image2pipe -c:v mjpeg - | mobilenet detect --model ssd_mobilenet_v1.tflite -",
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
            description =
                    "Photos to look through, or folders of photos; - for standard input, a photo or the frames of a"
                            + " video as JPEG or PNG files one after the other.")
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

    @Override
    public Integer call() throws IOException {
        var files = files();
        drawing.prepare(files.size());
        var plan = model.plan(model.load());
        // Several photos are run side by side, each on one thread, which takes less time than one after the other.
        boolean isOne = files.size() == 1 && !files.contains(STANDARD_INPUT);
        var detector = Detector.open(plan, isOne ? model.threads() : 1).withMinScore(minScore);
        plan.prepare();
        var report = new DetectionReport(spec.commandLine(), drawing, format);
        try (var threads = Executors.newFixedThreadPool(model.threads())) {
            // Few photos at a time are in memory.
            var looking = new InOrder<>(threads, 2 * model.threads(), report::add);
            for (var file : files) {
                if (file.equals(STANDARD_INPUT)) {
                    lookThroughFrames(detector, looking);
                } else {
                    looking.submit(() -> detect(detector, file, () -> ImageDecoder.decode(file)));
                }
            }
            looking.finish();
        }
        return report.finish() ? 0 : 1;
    }

    private void lookThroughFrames(Detector detector, InOrder<DetectionReport.Result> looking) throws IOException {
        var frames = new FrameStream(System.in);
        var frame = frames.next();
        var next = frames.next();
        if (next != null) {
            drawing.prepare(2);
        }
        for (int number = 1; frame != null; number++) {
            var bytes = frame;
            var name = number == 1 && next == null ? STANDARD_INPUT : Path.of("frame-" + number);
            var said = name.equals(STANDARD_INPUT) ? "standard input" : name.toString();
            looking.submit(() -> detect(detector, name, () -> ImageDecoder.decode(bytes, said)));
            frame = next;
            next = frame == null ? null : frames.next();
        }
    }

    /// The photos, those in folders one by one.
    private List<Path> files() throws IOException {
        var files = new ArrayList<Path>();
        for (var image : images) {
            files.addAll(Files.isDirectory(image) ? Folder.photos(image) : List.of(image));
        }
        return files;
    }

    private static DetectionReport.Result detect(Detector detector, Path file, Photo source) {
        try {
            long start = System.nanoTime();
            var photo = source.decode();
            var detections = detector.detect(photo);
            double millis = (System.nanoTime() - start) / 1e6;
            return new DetectionReport.Result(DetectedImage.of(file, detections, millis), photo, detections);
        } catch (IOException e) {
            return new DetectionReport.Result(DetectedImage.failed(file, FailureText.of(e)), null, List.of());
        }
    }
}
