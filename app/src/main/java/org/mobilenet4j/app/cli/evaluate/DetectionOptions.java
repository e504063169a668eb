package org.mobilenet4j.app.cli.evaluate;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.app.cli.options.OptionGroup;
import org.mobilenet4j.app.cli.text.PlainText;
import org.mobilenet4j.app.cli.text.Progress;
import org.mobilenet4j.data.box.Annotations;
import org.mobilenet4j.detect.Detection;
import org.mobilenet4j.detect.Detector;
import org.mobilenet4j.detect.measure.CocoEvaluation;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.infer.Plan;
import picocli.CommandLine.Option;

/// How detectors are evaluated.
@OptionGroup("Detectors")
final class DetectionOptions {
    /// COCO looks at that many detections of a photo, whatever a model's own limit.
    private static final int LIMIT = 100;

    @Option(
            names = "--min-score",
            paramLabel = "S",
            description =
                    "Leave out detections that are less certain; more than next to nothing lowers average precision"
                            + " (default: 0.001).")
    private float minScore = 0.001f;

    @Option(
            names = "--curves",
            paramLabel = "OUT.png",
            description = "Draw precision over recall, a line for each class (default: no).")
    private @Nullable Path curves;

    /// Whether something is asked for that only detectors have.
    boolean isGiven() {
        return curves != null;
    }

    /// Checks what can be checked before anything is read.
    void check() {
        if (curves != null && !curves.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
            throw new BadValueException(curves + ": pictures are PNG files; use a name that ends in .png");
        }
    }

    /// Measures a detector on what is marked in the photos at `data`.
    ///
    /// @param threads how many photos are looked through at the same time
    /// @param err for notes on the data
    /// @throws IOException if the data are wrong or a file cannot be read or written
    BoxEvaluation evaluate(Plan plan, Path data, int threads, PrintWriter err) throws IOException {
        var detector = Detector.open(plan, 1).withLimit(LIMIT).withMinScore(minScore);
        var marked = MarkedPhotos.read(data, plan.model());
        marked.notes().forEach(note -> err.println(PlainText.of("mobilenet: note: " + note)));
        err.flush();
        plan.prepare();
        long start = System.nanoTime();
        var found = found(detector, marked, threads);
        double millis = (System.nanoTime() - start) / 1e6;
        var coco = CocoEvaluation.of(marked, found);
        if (curves != null) {
            PrecisionCurves.write(coco, curves);
        }
        return BoxEvaluation.of(marked, found, coco, plan, millis);
    }

    private static List<List<Detection>> found(Detector detector, Annotations marked, int threads) throws IOException {
        try (var progress = Progress.of("evaluate", marked.photos().size())) {
            return new BoxEvaluator(detector, threads).run(marked.photos(), progress);
        }
    }
}
