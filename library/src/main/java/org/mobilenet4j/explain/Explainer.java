package org.mobilenet4j.explain;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.mobilenet4j.classify.Classifier;
import org.mobilenet4j.classify.Prediction;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.image.Crop;
import org.mobilenet4j.image.Image;
import org.mobilenet4j.image.ImageDecoder;
import org.mobilenet4j.infer.PhotoRunner;
import org.mobilenet4j.infer.Plan;
import org.mobilenet4j.infer.SessionOptions;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.file.Models;
import org.mobilenet4j.tensor.Shape;

/// Shows where in a photo a classifier sees a class. Any number of threads can share one, virtual threads too; it
/// need not be closed.
///
/// ```java
/// var photo = ImageDecoder.decode(Path.of("photo.jpg"));
/// var explanation = Explainer.open(Path.of("mobilenet.tflite")).explain(photo);
/// ImageIO.write(Overlay.draw(photo, explanation.map()), "png", new File("seen.png"));
/// ```
///
/// The map of a class is the last feature map `A` of more than one pixel, its channels weighted by the logit's
/// gradient summed over each channel's pixels: `map[y, x] = sum over k of A[y, x, k] * sum over i, j of d logit / d
/// A[i, j, k]`. Where the network ends in global average pooling and one linear layer, as MobileNet v1 does, those
/// sums are the layer's weights, and the map is exact: its mean is the logit less the bias. Elsewhere it says what
/// small changes would do.
public final class Explainer {
    private final Classifier classifier;
    private final PhotoRunner maps;
    private final Gradient gradient;

    private Explainer(Classifier classifier, PhotoRunner maps, Gradient gradient) {
        this.classifier = classifier;
        this.maps = maps;
        this.gradient = gradient;
    }

    /// An explainer of what `model` answers, each photo on one thread.
    ///
    /// @throws IllegalArgumentException if the network is no classifier with feature maps, or does not take photos
    public static Explainer open(Model model) {
        return open(model, SessionOptions.DEFAULT);
    }

    /// An explainer of what the model in `file` answers, of any format that [Models#read] reads.
    ///
    /// @throws BadFileException if the file does not hold a model that can be run
    /// @throws IOException if it cannot be read
    /// @throws IllegalArgumentException as [#open(Model)]
    public static Explainer open(Path file) throws IOException {
        return open(Models.read(file));
    }

    /// An explainer of what `model` answers, run as `options` say.
    ///
    /// @throws IllegalArgumentException as [#open(Model)], or if the model cannot be run with these options
    public static Explainer open(Model model, SessionOptions options) {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(options, "options");
        var classifier = Classifier.open(model, options);
        var split = SplitModel.of(model);
        return new Explainer(
                classifier,
                new PhotoRunner(Plan.of(split.maps(), options), options.threads()),
                new Gradient(split.head()));
    }

    /// What it explains.
    public Model model() {
        return classifier.plan().model();
    }

    /// The size of the maps: that of the network's last feature map, and its channels.
    public Shape mapShape() {
        return maps.plan().outputShape();
    }

    /// Where the most probable class is seen in `photo`.
    ///
    /// @throws BadValueException if scores are not numbers, as damaged or huge weights make them
    public Explanation explain(Image photo) {
        Objects.requireNonNull(photo, "photo");
        return explain(photo, classifier.classify(photo, 1).getFirst());
    }

    /// Where the most probable class is seen in the photo in `file`; see [#explain(Image)].
    ///
    /// @throws BadFileException if the file is not there or not a photo
    public Explanation explain(Path file) throws BadFileException {
        Objects.requireNonNull(file, "file");
        return explain(ImageDecoder.decode(file));
    }

    /// Where class `index` is seen in `photo`, whatever its probability.
    ///
    /// @throws BadValueException if there is no such class, or scores are not numbers
    public Explanation explain(Image photo, int index) {
        Objects.requireNonNull(photo, "photo");
        int classes = model().classes();
        if (index < 0 || index >= classes) {
            throw new BadValueException("there is no class " + index + "; the network "
                    + model().network().name() + " tells " + classes + ", counted from 0");
        }
        var prediction = classifier.classify(photo, classes).stream()
                .filter(each -> each.index() == index)
                .findFirst()
                .orElseThrow();
        return explain(photo, prediction);
    }

    private Explanation explain(Image photo, Prediction prediction) {
        boolean isOneOutput = model().outputs().areTwoInOne();
        var map = maps.run(photo);
        var slope =
                gradient.of(map, isOneOutput ? 0 : prediction.index(), isOneOutput && prediction.index() == 0 ? -1 : 1);
        return new Explanation(
                prediction.index(),
                prediction.label(),
                prediction.probability(),
                slope.logit(),
                new ActivationMap(
                        mapShape().height(),
                        mapShape().width(),
                        weighted(map, slope.channels()),
                        Crop.seen(photo, model().preprocessing())));
    }

    private static float[] weighted(float[] map, float[] weights) {
        var sums = new float[map.length / weights.length];
        for (int pixel = 0; pixel < sums.length; pixel++) {
            double sum = 0;
            for (int k = 0; k < weights.length; k++) {
                sum += (double) map[pixel * weights.length + k] * weights[k];
            }
            sums[pixel] = (float) sum;
        }
        return sums;
    }

    /// Its network and the size of its maps.
    @Override
    public String toString() {
        return "Explainer[" + model().network() + ", maps of " + mapShape().height() + " x "
                + mapShape().width() + "]";
    }
}
