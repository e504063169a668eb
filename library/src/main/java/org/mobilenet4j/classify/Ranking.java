package org.mobilenet4j.classify;

import java.util.ArrayList;
import java.util.List;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.model.Model;

/// The most probable of the classes that a network's outputs tell.
final class Ranking {
    private Ranking() {}

    /// The `k` most probable classes that `outputs` tell, most probable first, or all if there are fewer; equally
    /// probable ones keep their order.
    ///
    /// @throws BadValueException if outputs are not numbers
    static List<Prediction> of(Model model, float[] outputs, int k) {
        requireNumbers(model, outputs);
        var scores = new float[model.classes()];
        model.outputs().rank(outputs, 0, outputs.length, scores);
        var best = best(scores, Math.min(k, scores.length));
        model.outputs().toProbabilities(scores, scores.length);
        var predictions = new ArrayList<Prediction>();
        for (int index : best) {
            predictions.add(new Prediction(index, model.label(index), scores[index]));
        }
        return List.copyOf(predictions);
    }

    private static void requireNumbers(Model model, float[] scores) {
        for (float score : scores) {
            if (Float.isNaN(score)) {
                throw new BadValueException(
                        "the scores of the network " + model.network().name()
                                + " are not numbers (NaN): its weights are damaged or too large; get the model again");
            }
        }
    }

    /// Insertion into a short sorted list.
    private static int[] best(float[] scores, int k) {
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
        return best;
    }
}
