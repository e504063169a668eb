package org.mobilenet4j.classify;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.image.Image;
import org.mobilenet4j.image.ImageDecoder;
import org.mobilenet4j.infer.PhotoRunner;
import org.mobilenet4j.infer.Plan;
import org.mobilenet4j.infer.SessionOptions;
import org.mobilenet4j.model.FeatureExtractor;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.file.Models;

/// Turns photos into embeddings: the features that a classifier's last layer reads, averaged over the photo. Photos
/// that look alike have similar ones, whatever classes the model was trained on. Any number of threads can share one,
/// virtual threads too; it need not be closed.
public final class Embedder {
    private final PhotoRunner runner;

    private Embedder(PhotoRunner runner) {
        this.runner = runner;
    }

    /// An embedder that runs `model` up to its last layer, each photo on one thread.
    ///
    /// @throws IllegalArgumentException if the network does not end in a dense layer or a convolution, or does not
    ///     take photos
    public static Embedder open(Model model) {
        return open(model, SessionOptions.DEFAULT);
    }

    /// An embedder that runs the model in `file`, of any format that [Models#read] reads.
    ///
    /// @throws BadFileException if the file does not hold a model that can be run
    /// @throws IOException if it cannot be read
    /// @throws IllegalArgumentException as [#open(Model)]
    public static Embedder open(Path file) throws IOException {
        return open(Models.read(file));
    }

    /// An embedder that runs `model` up to its last layer as `options` say.
    ///
    /// @throws IllegalArgumentException as [#open(Model)], or if the model cannot be run with these options
    public static Embedder open(Model model, SessionOptions options) {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(options, "options");
        return new Embedder(new PhotoRunner(Plan.of(FeatureExtractor.of(model), options), options.threads()));
    }

    /// The number of values of an embedding.
    public int size() {
        return runner.plan().outputShape().elements();
    }

    /// The embedding of `photo`: [#size] values, not normalized.
    public float[] embed(Image photo) {
        return runner.run(Objects.requireNonNull(photo, "photo"));
    }

    /// The embedding of the photo in `file`.
    ///
    /// @throws BadFileException if the file is not there or not a photo
    public float[] embed(Path file) throws BadFileException {
        return embed(ImageDecoder.decode(Objects.requireNonNull(file, "file")));
    }

    /// The embedding of the photo, a whole image file, that `stream` delivers. The stream is read to its end and not
    /// closed.
    ///
    /// @throws BadFileException if that is not a photo
    /// @throws IOException if the stream cannot be read
    public float[] embed(InputStream stream) throws IOException {
        return embed(ImageDecoder.decode(Objects.requireNonNull(stream, "stream"), "the stream"));
    }

    /// The embedding of `photo`; see [Image#of].
    public float[] embed(BufferedImage photo) {
        return embed(Image.of(Objects.requireNonNull(photo, "photo")));
    }

    /// The embedding of each of `photos`, in their order, computed on all processors.
    public List<float[]> embed(List<Image> photos) {
        return runner.run(Objects.requireNonNull(photos, "photos"));
    }

    /// How alike two embeddings are: the cosine of the angle between them, from -1 to 1, or 0 if one is all zeros.
    ///
    /// @throws IllegalArgumentException if they differ in size
    public static double similarity(float[] a, float[] b) {
        if (a.length != b.length) {
            throw new IllegalArgumentException(
                    "embeddings of " + a.length + " and of " + b.length + " values cannot be compared");
        }
        double product = 0;
        double squareA = 0;
        double squareB = 0;
        for (int i = 0; i < a.length; i++) {
            product += (double) a[i] * b[i];
            squareA += (double) a[i] * a[i];
            squareB += (double) b[i] * b[i];
        }
        double lengths = Math.sqrt(squareA) * Math.sqrt(squareB);
        return lengths == 0 ? 0 : product / lengths;
    }

    /// Its network, the size of its input and that of an embedding.
    @Override
    public String toString() {
        return "Embedder[" + runner.plan().model().network().name() + ", "
                + runner.plan().inputShape() + ", " + size() + " values]";
    }
}
