package org.mobilenet4j.train;

import java.io.IOException;
import org.mobilenet4j.data.batch.Batches;
import org.mobilenet4j.infer.Session;
import org.mobilenet4j.model.Model;

/// Accuracy of a model on a data set, measured with the inference engine. That of a detector is its mean average
/// precision ([BoxTask]): with an overlap of half in place of top-1, which chooses the best epoch, and COCO's, over
/// overlaps from 0.5 to 0.95, in place of top-5.
///
/// @param images number of images
/// @param top1 top-1 accuracy, from 0 to 1
/// @param top5 top-5 accuracy, from 0 to 1
public record Validation(int images, double top1, double top5) {
    /// For an epoch that ends without a validation.
    static final Validation NONE = new Validation(0, Double.NaN, Double.NaN);

    private static final int FIVE = 5;

    /// Evaluates all of `batches`.
    ///
    /// @throws IOException if the data cannot be read
    public static Validation of(Model model, Batches batches, int threads) throws IOException {
        var session = Session.open(model, threads);
        int width = model.network().output().channels();
        var ranks = new float[model.classes()];
        int inputs = model.network().input().elements();
        int images = 0;
        int first = 0;
        int five = 0;
        batches.start(0);
        for (var next = batches.next(); next.isPresent(); next = batches.next()) {
            var batch = next.get();
            var input = batch.images().length == batch.count() * inputs
                    ? batch.images()
                    : java.util.Arrays.copyOf(batch.images(), batch.count() * inputs);
            var scores = session.run(input, batch.count());
            for (int i = 0; i < batch.count(); i++) {
                model.outputs().rank(scores, i * width, width, ranks);
                int better = better(ranks, 0, ranks.length, batch.labels()[i]);
                first += better == 0 ? 1 : 0;
                five += better < FIVE ? 1 : 0;
            }
            images += batch.count();
        }
        return new Validation(images, share(first, images), share(five, images));
    }

    private static double share(int part, int all) {
        return all == 0 ? 0 : (double) part / all;
    }

    /// The rank of the right class: the number of classes that score higher, or, as quantized scores often tie,
    /// score the same with a smaller index. A NaN is never right.
    static int better(float[] scores, int at, int classes, int label) {
        float right = scores[at + label];
        int better = 0;
        for (int c = 0; c < classes; c++) {
            float score = scores[at + c];
            boolean isBehind = c < label ? score < right : score <= right;
            better += isBehind ? 0 : 1;
        }
        return better;
    }
}
