package org.mobilenet4j.detect;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.image.Crop;
import org.mobilenet4j.image.Image;
import org.mobilenet4j.image.ImageDecoder;
import org.mobilenet4j.infer.PhotoRunner;
import org.mobilenet4j.infer.Plan;
import org.mobilenet4j.infer.SessionOptions;
import org.mobilenet4j.model.BoxOutputs;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Suppression;
import org.mobilenet4j.model.file.Models;

/// Finds objects in photos. Any number of threads can share one, virtual threads too; it need not be closed.
///
/// ```java
/// var detector = Detector.open(Path.of("ssd_mobilenet_v1.tflite"));
/// detector.detect(Path.of("photo.jpg")).forEach(System.out::println);
/// ```
///
/// Photos are resized and normalized as the model expects. As many photos are looked through at the same time as there
/// are processors ([PhotoRunner]); more callers wait.
public final class Detector {
    private final PhotoRunner runner;
    private final Suppression limits;
    private final PostProcessing processing;

    private Detector(PhotoRunner runner, Suppression limits) {
        this.runner = runner;
        this.limits = limits;
        var model = runner.plan().model();
        this.processing = new PostProcessing(model, boxes(model), limits);
    }

    private static BoxOutputs boxes(Model model) {
        return model.boxes()
                .orElseThrow(() -> new BadValueException("the network "
                        + model.network().name() + " is no detector: its outputs are " + model.outputs()
                        + ", not boxes; take a model that detects objects"));
    }

    /// A detector that runs `model`, each photo on one thread.
    ///
    /// @throws IllegalArgumentException if the network is no detector or does not take photos
    public static Detector open(Model model) {
        return open(model, SessionOptions.DEFAULT);
    }

    /// A detector that runs the model in `file`, of any format that [Models#read] reads.
    ///
    /// @throws BadFileException if the file does not hold a model that can be run
    /// @throws IOException if it cannot be read
    /// @throws IllegalArgumentException if the network is no detector or does not take photos
    public static Detector open(Path file) throws IOException {
        return open(Models.read(file));
    }

    /// A detector that runs `model` as `options` say. With more than one thread for each photo, a photo that comes
    /// alone is looked through sooner, and many at a time not as fast.
    ///
    /// @throws IllegalArgumentException if the network is no detector or does not take photos, or cannot be run
    ///     with these options
    public static Detector open(Model model, SessionOptions options) {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(options, "options");
        boxes(model);
        return open(Plan.of(model, options), options.threads());
    }

    /// A detector that runs `plan`, which others may run too.
    ///
    /// @param threads for each photo, from 1 up
    /// @throws IllegalArgumentException if the network is no detector or does not take photos
    public static Detector open(Plan plan, int threads) {
        Objects.requireNonNull(plan, "plan");
        var limits = boxes(plan.model()).suppression();
        return new Detector(new PhotoRunner(plan, threads), limits);
    }

    /// The same detector for objects with a score of at least `score`, instead of the model's own limit.
    public Detector withMinScore(float score) {
        return new Detector(runner, limits.withMinScore(score));
    }

    /// The same detector for at most `most` objects of a photo, instead of the model's own limit.
    ///
    /// @param most from 1 to [Suppression#MOST]
    public Detector withLimit(int most) {
        return new Detector(runner, limits.withLimit(most));
    }

    /// What this detector runs.
    public Plan plan() {
        return runner.plan();
    }

    /// The objects in `photo`, the most certain first. Boxes are in pixels of the photo, and within it.
    ///
    /// @throws BadValueException if scores are not numbers, as damaged or huge weights make them
    public List<Detection> detect(Image photo) {
        Objects.requireNonNull(photo, "photo");
        return detections(photo, runner.run(photo));
    }

    /// The objects in the photo in `file`; see [#detect(Image)].
    ///
    /// @throws BadFileException if the file is not there or not a photo
    public List<Detection> detect(Path file) throws BadFileException {
        Objects.requireNonNull(file, "file");
        return detect(ImageDecoder.decode(file));
    }

    /// The objects in the photo, a whole image file, that `stream` delivers; see [#detect(Image)]. The stream is read
    /// to its end and not closed.
    ///
    /// @throws BadFileException if that is not a photo
    /// @throws IOException if the stream cannot be read
    public List<Detection> detect(InputStream stream) throws IOException {
        Objects.requireNonNull(stream, "stream");
        return detect(ImageDecoder.decode(stream, "the stream"));
    }

    /// The objects in `photo`; see [#detect(Image)] and [Image#of].
    public List<Detection> detect(BufferedImage photo) {
        Objects.requireNonNull(photo, "photo");
        return detect(Image.of(photo));
    }

    /// The objects in each of `photos`, in their order, computed on all processors; see [#detect(Image)].
    public List<List<Detection>> detect(List<Image> photos) {
        Objects.requireNonNull(photos, "photos");
        var outputs = runner.run(photos);
        var all = new ArrayList<List<Detection>>();
        for (int i = 0; i < outputs.size(); i++) {
            all.add(detections(photos.get(i), outputs.get(i)));
        }
        return List.copyOf(all);
    }

    /// The objects in `photo`, given what the network answers, for programs that run the [#plan] themselves; see
    /// [#detect(Image)]. The network sees the middle of a photo, if its preprocessing crops.
    ///
    /// @param outputs the network's outputs for `photo`
    public List<Detection> detections(Image photo, float[] outputs) {
        var seen = Crop.seen(photo, plan().model().preprocessing());
        return processing.apply(outputs).stream()
                .map(found -> new Detection(
                        found.index(),
                        found.label(),
                        found.score(),
                        found.box()
                                .inPixels(seen.top(), seen.left(), seen.height(), seen.width())
                                .clipped(photo.height(), photo.width())))
                .toList();
    }

    /// Its network, the number of its classes and the size of its input.
    @Override
    public String toString() {
        var model = plan().model();
        return "Detector[" + model.network().name() + ", " + model.classes() + " classes, " + plan().inputShape() + ", "
                + plan().kernelDescription() + "]";
    }
}
