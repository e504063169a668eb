package org.mobilenet4j.app.cli.classify;

import java.util.List;
import java.util.Locale;
import org.mobilenet4j.classify.Prediction;
import org.mobilenet4j.model.Model;

/// Whether a photo likely shows none of the classes that a network knows.
final class Doubt {
    /// Of many classes, what a network is sure of has more than this.
    private static final double LEAST = 0.15;

    /// Of classes that are independent of each other, each is likely from here up.
    private static final double HALF = 0.5;

    private Doubt() {}

    /// The probability below which nothing is likely: higher for few classes, of which one always has its share (0.58
    /// of two).
    static double threshold(Model model) {
        return model.outputs().areIndependent() ? HALF : LEAST + (1 - LEAST) / Math.max(1, model.classes());
    }

    /// What to say of a photo with these `predictions`, most probable first, or nothing.
    static String of(List<Prediction> predictions, Model model) {
        if (predictions.isEmpty() || predictions.getFirst().probability() >= threshold(model)) {
            return "";
        }
        return String.format(
                Locale.ROOT,
                "nothing is likely: the best of the %,d classes that the network knows has %.1f %%",
                model.classes(),
                100 * predictions.getFirst().probability());
    }
}
