package org.mobilenet4j.server.model;

import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.classify.Classifier;
import org.mobilenet4j.detect.Detector;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.explain.Explainer;
import org.mobilenet4j.image.Image;
import org.mobilenet4j.infer.PhotoRunner;
import org.mobilenet4j.infer.Plan;
import org.mobilenet4j.infer.SessionOptions;
import org.mobilenet4j.model.FeatureExtractor;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.server.batch.Lane;

/// A model, ready to run, under a name and a version. A request works with the one that it found,
/// whatever is loaded or
/// unloaded meanwhile; its memory is free once the last such request has finished.
///
/// What not every client asks for is made when it is first asked for. Safe to share.
public final class ServedModel {
    private final String name;
    private final long version;
    private final Plan plan;
    private final Lane<Photo, Image, Answer> photos;
    private final Lane<float[], float[], float[]> tensors;
    private final Supplier<Classifier> classifier;
    private final Supplier<Detector> detector;
    private final Supplier<Lane<Photo, Image, Answer>> embeddings;
    private final Supplier<Explainer> explainer;

    /// Compiles `model`, and runs it once, so that the first request is as fast as others.
    ///
    /// @throws BadValueException if it cannot be run, or does not take photos
    public ServedModel(String name, long version, Model model) {
        this.name = Objects.requireNonNull(name, "name");
        this.version = version;
        this.plan = Plan.of(model, SessionOptions.DEFAULT);
        var runner = new PhotoRunner(plan, 1);
        plan.awaitWarm();
        runner.run(new Image(1, 1, new byte[3]));
        this.photos = new PhotoLane(runner);
        this.tensors = new TensorLane(plan);
        this.classifier = new Once<>(() -> Classifier.open(plan, 1));
        this.detector = new Once<>(() -> Detector.open(plan, 1));
        this.embeddings = new Once<>(
                () -> new PhotoLane(new PhotoRunner(Plan.of(FeatureExtractor.of(model), SessionOptions.DEFAULT), 1)));
        this.explainer = new Once<>(() -> Explainer.open(model));
    }

    /// What clients call it.
    public String name() {
        return name;
    }

    /// From 1 up; the highest one is served where a client does not say.
    public long version() {
        return version;
    }

    /// The model.
    public Model model() {
        return plan.model();
    }

    /// What runs.
    public Plan plan() {
        return plan;
    }

    /// Photos to the network's outputs.
    public Lane<Photo, Image, Answer> photos() {
        return photos;
    }

    /// Images as the network takes them, dense HWC, to its outputs.
    public Lane<float[], float[], float[]> tensors() {
        return tensors;
    }

    /// Photos to the features that the last layer reads.
    ///
    /// @throws BadValueException if the network has none
    public Lane<Photo, Image, Answer> embeddings() {
        return embeddings.get();
    }

    /// Photos to where a class is seen in them.
    ///
    /// @param index of the class; each photo's most probable one if empty
    /// @throws BadValueException if the network is no classifier with feature maps, or has no such class
    public Lane<Photo, Image, ExplainedPhoto> explanations(OptionalInt index) {
        if (index.isPresent() && index.getAsInt() >= model().classes()) {
            throw new BadValueException("the model has no class " + index.getAsInt() + "; it tells " + model().classes()
                    + ", counted from 0");
        }
        return new ExplanationLane(explainer.get(), index);
    }

    /// Names what [#photos] answers.
    ///
    /// @throws BadValueException if the network is no classifier
    public Classifier classifier() {
        return classifier.get();
    }

    /// Finds the objects in what [#photos] answers.
    ///
    /// @throws BadValueException if the network is no detector
    public Detector detector() {
        return detector.get();
    }

    /// Whether it answers with boxes.
    public boolean isDetector() {
        return model().boxes().isPresent();
    }

    /// Such as `flowers:2`.
    @Override
    public String toString() {
        return name + ":" + version;
    }

    /// Made by the first who asks, who alone is told of a failure.
    private static final class Once<T> implements Supplier<T> {
        private final Supplier<T> maker;
        private @Nullable T made;

        Once(Supplier<T> maker) {
            this.maker = maker;
        }

        @Override
        public synchronized T get() {
            var now = made;
            if (now == null) {
                now = maker.get();
                made = now;
            }
            return now;
        }
    }
}
