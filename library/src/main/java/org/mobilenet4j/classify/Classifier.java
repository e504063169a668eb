package org.mobilenet4j.classify;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.image.Image;
import org.mobilenet4j.image.ImageDecoder;
import org.mobilenet4j.infer.PhotoRunner;
import org.mobilenet4j.infer.Plan;
import org.mobilenet4j.infer.SessionOptions;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.file.Models;

/// Names the classes that photos show. Any number of threads can share one, virtual threads too; it need not be closed.
///
/// ```java
/// var classifier = Classifier.open(Path.of("mobilenet.tflite"));
/// classifier.classify(Path.of("photo.jpg"), 5).forEach(System.out::println);
/// ```
///
/// Photos are cropped, resized and normalized as the model expects. As many photos are classified at the same time as
/// there are processors ([PhotoRunner]); more callers wait.
public final class Classifier {
    private final PhotoRunner runner;

    private Classifier(Plan plan, int threads) {
        requireClasses(plan);
        this.runner = new PhotoRunner(plan, threads);
    }

    private static void requireClasses(Plan plan) {
        var model = plan.model();
        if (model.boxes().isPresent()) {
            throw new BadValueException("the network " + model.network().name()
                    + " is a detector: it answers with boxes, not with classes of a whole photo; detect with it");
        }
        if (plan.outputShape().pixels() != 1) {
            throw new BadValueException("the network " + model.network().name() + " ends in a feature map of "
                    + plan.outputShape() + ", not in classes; take one with a classifier");
        }
        if (!model.outputs().areClasses()) {
            int count = plan.outputShape().channels();
            throw new BadValueException("the network " + model.network().name() + " answers with " + count
                    + (count == 1 ? " feature" : " features")
                    + ", not with classes; give labels or say what its outputs are, if they are classes");
        }
    }

    /// A classifier that runs `model`, each photo on one thread.
    ///
    /// @throws IllegalArgumentException if the network is not a classifier or does not take photos
    public static Classifier open(Model model) {
        return open(model, SessionOptions.DEFAULT);
    }

    /// A classifier that runs the model in `file`, of any format that [Models#read] reads.
    ///
    /// @throws BadFileException if the file does not hold a model that can be run
    /// @throws IOException if it cannot be read
    /// @throws IllegalArgumentException if the network is not a classifier or does not take photos
    public static Classifier open(Path file) throws IOException {
        return open(Models.read(file));
    }

    /// A classifier that runs `model` as `options` say. With more than one thread for each photo, a photo that comes
    /// alone is classified sooner, and many at a time not as fast.
    ///
    /// @throws IllegalArgumentException if the network is not a classifier or does not take photos, or
    ///     cannot be run with these options
    public static Classifier open(Model model, SessionOptions options) {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(options, "options");
        return open(Plan.of(model, options), options.threads());
    }

    /// A classifier that runs `plan`, which others may run too.
    ///
    /// @param threads for each photo, from 1 up
    /// @throws IllegalArgumentException if the network is not a classifier or does not take photos
    public static Classifier open(Plan plan, int threads) {
        return new Classifier(Objects.requireNonNull(plan, "plan"), threads);
    }

    /// What this classifier runs.
    public Plan plan() {
        return runner.plan();
    }

    /// The `k` most probable classes, most probable first; fewer if the model has fewer. Equally probable classes
    /// keep their order.
    ///
    /// @param k how many, from 1 up
    /// @throws BadValueException if scores are not numbers, as damaged or huge weights make them
    public List<Prediction> classify(Image photo, int k) {
        Objects.requireNonNull(photo, "photo");
        requireSome(k);
        return Ranking.of(plan().model(), runner.run(photo), k);
    }

    /// The `k` most probable classes, given what the network answers, for programs that run the [#plan] themselves.
    ///
    /// @param outputs the network's outputs for one photo
    /// @throws BadValueException if they are not numbers
    public List<Prediction> rank(float[] outputs, int k) {
        Objects.requireNonNull(outputs, "outputs");
        requireSome(k);
        return Ranking.of(plan().model(), outputs, k);
    }

    /// The `k` most probable classes of the photo in `file`; see [#classify(Image, int)].
    ///
    /// @throws BadFileException if the file is not there or not a photo
    public List<Prediction> classify(Path file, int k) throws BadFileException {
        Objects.requireNonNull(file, "file");
        requireSome(k);
        return classify(ImageDecoder.decode(file), k);
    }

    /// The `k` most probable classes of the photo, a whole image file, that `stream` delivers; see
    /// [#classify(Image, int)]. The stream is read to its end and not closed.
    ///
    /// @throws BadFileException if that is not a photo
    /// @throws IOException if the stream cannot be read
    public List<Prediction> classify(InputStream stream, int k) throws IOException {
        Objects.requireNonNull(stream, "stream");
        requireSome(k);
        return classify(ImageDecoder.decode(stream, "the stream"), k);
    }

    /// The `k` most probable classes of `photo`; see [#classify(Image, int)] and [Image#of].
    public List<Prediction> classify(BufferedImage photo, int k) {
        Objects.requireNonNull(photo, "photo");
        requireSome(k);
        return classify(Image.of(photo), k);
    }

    /// The `k` most probable classes of each of `photos`, in their order, computed on all processors; see
    /// [#classify(Image, int)].
    public List<List<Prediction>> classify(List<Image> photos, int k) {
        Objects.requireNonNull(photos, "photos");
        requireSome(k);
        return runner.run(photos).stream()
                .map(outputs -> Ranking.of(plan().model(), outputs, k))
                .toList();
    }

    private static void requireSome(int k) {
        if (k < 1) {
            throw new BadValueException("the number of predictions must be positive, not " + k);
        }
    }

    /// Its network, the number of its classes and the size of its input.
    @Override
    public String toString() {
        var model = plan().model();
        return "Classifier[" + model.network().name() + ", " + model.classes() + " classes, " + plan().inputShape()
                + ", " + plan().kernelDescription() + "]";
    }
}
