package org.mobilenet4j.app.cli.train;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.data.DataSet;
import org.mobilenet4j.data.augment.Augmentation;
import org.mobilenet4j.data.batch.BatchSpec;
import org.mobilenet4j.data.batch.Batches;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.train.InitialWeights;
import org.mobilenet4j.train.Recipe;
import org.mobilenet4j.train.TrainingSetup;
import org.mobilenet4j.train.Transfer;
import org.mobilenet4j.train.UnfoldedModel;
import org.mobilenet4j.train.head.HeadFit;

/// Prepares what a training starts from, and says what is done to it.
///
/// @param seed of random weights and of the choice of photos
record StartingModel(PrintWriter err, long seed, int threads) {
    private static final int BATCH = 32;
    private static final int BATCHES = 8;

    /// `base` with the batch normalizations that were folded into it, as a network is trained better with them.
    ///
    /// @param photos to measure their statistics on
    /// @throws IOException if the photos cannot be read
    Model unfolded(Model base, DataSet photos) throws IOException {
        int batch = Math.min(BATCH, photos.size());
        var spec = new BatchSpec(base.network().input(), base.preprocessing(), Augmentation.NONE, batch, seed, threads);
        try (var batches = Batches.training(photos, spec)) {
            err.println("the batch normalizations that --init has folded into its convolutions are put back");
            return UnfoldedModel.of(base, batches, BATCHES);
        }
    }

    /// Those of `base` where it has any of a name and its sizes, and random ones elsewhere.
    ///
    /// @throws IllegalArgumentException if it has none
    Weights weights(Network network, @Nullable Model base) {
        var random = InitialWeights.of(network, seed);
        if (base == null) {
            return random;
        }
        var missing = Transfer.notAdopted(network, base.weights());
        if (!missing.isEmpty()) {
            // It may be a slip.
            err.printf(
                    "%d layers start from random weights, as --init has none of their name and sizes: %s%n",
                    missing.size(), String.join(", ", missing));
        }
        return Transfer.adopt(random, base.weights());
    }

    /// `setup`, or with its last layer fitted where the layers before it have no batch normalization: at the small rate
    /// that these endure, a random layer would take long to learn, and they would follow its gradients meanwhile.
    ///
    /// @throws IOException if the photos cannot be read
    TrainingSetup fitted(TrainingSetup setup) throws IOException {
        var network = setup.start().network();
        if (!Recipe.forFineTuning(network).equals("folded") || !HeadFit.isPossible(network)) {
            return setup;
        }
        var fit = HeadFit.of(setup);
        err.printf(
                Locale.ROOT,
                "the last layer, fitted alone: top-1 %.2f %% in validation%n",
                100 * fit.validation().top1());
        return setup.startingFrom(fit.model().weights());
    }
}
