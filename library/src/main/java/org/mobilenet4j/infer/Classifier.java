package org.mobilenet4j.infer;

import java.util.ArrayList;
import java.util.List;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.image.Image;
import org.mobilenet4j.image.Preprocessor;
import org.mobilenet4j.model.Model;

/// Classifies photos: crops, resizes and normalizes each as the model expects, runs the network and returns the
/// best classes.
///
/// Not thread-safe; several classifiers can share a [Plan].
public final class Classifier {
    private final Model model;
    private final Session session;
    private final Preprocessor preprocessor;
    private final float[] input;
    private final float[] output;
    private final float[] scores;

    private Classifier(Session session) {
        this.session = session;
        this.model = session.plan().model();
        requireClasses(session.plan());
        this.preprocessor =
                new Preprocessor(model.preprocessing(), session.plan().inputShape());
        this.input = new float[session.plan().inputShape().elements()];
        this.output = new float[session.plan().outputShape().elements()];
        this.scores = new float[model.classes()];
    }

    private static void requireClasses(Plan plan) {
        var model = plan.model();
        if (plan.outputShape().pixels() != 1) {
            throw new BadValueException("the network " + model.network().name() + " ends in a feature map of "
                    + plan.outputShape() + ", not in classes; take one with a classifier");
        }
        if (!model.outputs().areClasses()) {
            throw new BadValueException("the network " + model.network().name() + " answers with "
                    + plan.outputShape().channels()
                    + " features, not with classes; give labels or say what its outputs are, if they are classes");
        }
    }

    /// A classifier on one thread.
    ///
    /// @throws IllegalArgumentException if the network is not a classifier or does not take photos
    public static Classifier open(Model model) {
        return open(model, 1);
    }

    /// A classifier on `threads` threads.
    public static Classifier open(Model model, int threads) {
        return new Classifier(Session.open(model, threads));
    }

    /// A classifier on its own session.
    public static Classifier open(Session session) {
        return new Classifier(session);
    }

    /// The `k` most probable classes, most probable first; fewer if the network has fewer.
    ///
    /// @throws BadValueException if scores are not numbers, as damaged or huge weights make them
    public List<Prediction> classify(Image image, int k) {
        if (k < 1) {
            throw new BadValueException("the number of predictions must be positive, not " + k);
        }
        preprocessor.apply(image, input, 0);
        session.run(input, 1, output);
        for (float score : output) {
            if (Float.isNaN(score)) {
                throw new BadValueException(
                        "the scores of the network " + model.network().name()
                                + " are not numbers (NaN): its weights are damaged or too large; get the model again");
            }
        }
        model.outputs().rank(output, 0, output.length, scores);
        return best(Math.min(k, scores.length));
    }

    /// Insertion into a short sorted list; classes with equal probabilities keep their order.
    private List<Prediction> best(int k) {
        var best = new int[k];
        int count = 0;
        for (int index = 0; index < scores.length; index++) {
            int at = count;
            while (at > 0 && scores[index] > scores[best[at - 1]]) {
                at--;
            }
            if (at < k) {
                System.arraycopy(best, at, best, at + 1, Math.min(count, k - 1) - at);
                best[at] = index;
                count = Math.min(count + 1, k);
            }
        }
        model.outputs().toProbabilities(scores, scores.length);
        var predictions = new ArrayList<Prediction>(k);
        for (int index : best) {
            predictions.add(new Prediction(index, model.label(index), scores[index]));
        }
        return predictions;
    }
}
