package org.mobilenet4j.server.teach;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.classify.Classifier;
import org.mobilenet4j.classify.Prediction;
import org.mobilenet4j.fit.FineTuning;
import org.mobilenet4j.image.Image;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.file.Models;
import org.mobilenet4j.server.teach.TeachingException.Reason;

/// One person's classes and the network that learns them. Safe for threads.
public final class TeachingSession {
    private static final List<String> FORMATS = List.of("safetensors", "tflite", "onnx");

    private final String id;
    private final Model start;
    private final Lesson lesson;
    private volatile @Nullable Taught taught;

    TeachingSession(String id, Model start, TeachingLimits limits) {
        this.id = id;
        this.start = start;
        this.lesson = new Lesson(limits);
    }

    /// Cannot be guessed.
    public String id() {
        return id;
    }

    /// Adds a photo that was decoded before, so that it can be; returns its number.
    ///
    /// @param file the whole image file, which this object takes over
    public int add(String label, byte[] file) throws TeachingException {
        return lesson.add(label, file);
    }

    /// Removes a photo, and its class if that was the last.
    public void remove(String label, int photo) throws TeachingException {
        lesson.remove(label, photo);
    }

    /// Removes a class and its photos.
    public void removeClass(String label) throws TeachingException {
        lesson.removeClass(label);
    }

    /// Gives a class another name.
    public void rename(String label, String to) throws TeachingException {
        lesson.rename(label, to);
    }

    /// The number of photos of each class, in the order in which they came.
    public Map<String, Integer> counts() {
        return lesson.counts();
    }

    /// Fits the last layer to the photos as they are now, on `threads` threads.
    ///
    /// @throws IOException if a photo cannot be read
    Taught fit(int threads) throws TeachingException, IOException {
        var photos = lesson.photos();
        long began = System.nanoTime();
        var fit = FineTuning.of(start, photos)
                .headOnly()
                .validation(photos)
                .threads(threads)
                .fit();
        var now = new Taught(
                fit.model(), Classifier.open(fit.model()), fit.validation().top1(), (System.nanoTime() - began) / 1e6);
        taught = now;
        return now;
    }

    /// The `k` likeliest of the session's classes.
    public List<Prediction> classify(Image photo, int k) throws TeachingException {
        return taught().classifier().classify(photo, k);
    }

    /// The trained model as a file.
    ///
    /// @param format `safetensors`, `tflite` or `onnx`
    /// @throws IOException if there is no room for a temporary file
    public byte[] export(String format) throws TeachingException, IOException {
        if (!FORMATS.contains(format)) {
            throw new TeachingException(Reason.BAD, "there is no such format; the formats are " + FORMATS);
        }
        var model = taught().model();
        var file = Files.createTempFile("taught", "." + format);
        try {
            Models.write(model, file);
            return Files.readAllBytes(file);
        } finally {
            Files.delete(file);
        }
    }

    private Taught taught() throws TeachingException {
        var now = taught;
        if (now == null) {
            throw new TeachingException(Reason.NOT_YET, "nothing was trained yet; train first");
        }
        return Objects.requireNonNull(now);
    }
}
