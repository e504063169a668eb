package org.mobilenet4j.app.cli.train;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.mobilenet4j.data.DataSet;
import org.mobilenet4j.data.Split;
import org.mobilenet4j.data.Subset;
import org.mobilenet4j.data.augment.Augmentation;
import org.mobilenet4j.data.batch.BatchSpec;
import org.mobilenet4j.data.batch.Batches;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.train.Validation;

/// What a trained model is worth at other crops and resolutions, on photos that were held out of its training and
/// chose nothing before: random crops show things larger than they are in a whole photo, so that a smaller crop or a
/// larger input may suit the model better than what it was trained with.
///
/// @param train what is left to train on
/// @param heldOut for the sweep
record CropSweep(DataSet train, DataSet heldOut) {
    private static final double SHARE = 0.05;
    private static final int FEWEST = 100;
    private static final int MOST = 1000;
    private static final int BATCH = 32;
    private static final double[] CROPS = {1, 0.875, 0.75};
    private static final double[] SCALES = {1, 1.25};

    /// Whether a twentieth of `photos` is enough to tell crops apart.
    static boolean isPossible(DataSet photos) {
        return photos.size() * SHARE >= FEWEST;
    }

    /// Holds a twentieth of `photos` out, but at most 1,000.
    static CropSweep of(DataSet photos, long seed) {
        Split split = Subset.holdOut(photos, Math.min(SHARE, (double) MOST / photos.size()), seed);
        return new CropSweep(split.train(), split.validation());
    }

    /// A line for each crop and resolution.
    ///
    /// @throws IOException if the photos cannot be read
    String text(Model model, int threads) throws IOException {
        var text = new StringBuilder(String.format(
                Locale.ROOT,
                "crop and resolution, on %d photos held out of training (the model keeps %s at %d):%n",
                heldOut.size(),
                model.preprocessing().crop(),
                model.network().input().height()));
        for (double scale : SCALES) {
            int side = (int) Math.round(scale * model.network().input().height());
            var other = resized(model, side);
            for (double crop : other.isPresent() ? CROPS : new double[0]) {
                var preprocessing = model.preprocessing().withCrop(crop);
                var spec = new BatchSpec(
                        other.get().network().input(), preprocessing, Augmentation.NONE, BATCH, 0, threads);
                try (var batches = Batches.validation(heldOut, spec)) {
                    double top1 = Validation.of(other.get(), batches, threads).top1();
                    text.append(String.format(Locale.ROOT, "  %.3f at %d: top-1 %.2f %%%n", crop, side, 100 * top1));
                }
            }
        }
        return text.toString();
    }

    /// The model at another resolution; none if its layers only fit its own.
    private static Optional<Model> resized(Model model, int side) {
        try {
            return Optional.of(model.withResolution(side));
        } catch (BadValueException flattened) {
            return Optional.empty();
        }
    }
}
