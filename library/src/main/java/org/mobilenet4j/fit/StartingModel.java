package org.mobilenet4j.fit;

import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
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
/// @param says is told, in one line each, what is done
/// @param seed of random weights and of the choice of photos
public record StartingModel(Consumer<String> says, long seed, int threads) {
    private static final int BATCH = 32;
    private static final int BATCHES = 8;

    public StartingModel {
        Objects.requireNonNull(says, "says");
    }

    /// `base` with the batch normalizations that were folded into it, as a network is trained better with them.
    ///
    /// @param photos to measure their statistics on
    /// @throws IOException if the photos cannot be read
    public Model unfolded(Model base, DataSet photos) throws IOException {
        int batch = Math.min(BATCH, photos.size());
        var spec = new BatchSpec(base.network().input(), base.preprocessing(), Augmentation.NONE, batch, seed, threads);
        try (var batches = Batches.training(photos, spec)) {
            says.accept("the batch normalizations that were folded into its convolutions are put back");
            return UnfoldedModel.of(base, batches, BATCHES);
        }
    }

    /// Those of `base` where it has any of a name and its sizes, and random ones elsewhere.
    ///
    /// @throws IllegalArgumentException if it has none
    public Weights weights(Network network, Model base) {
        var random = InitialWeights.of(network, seed);
        var missing = Transfer.notAdopted(network, base.weights());
        if (!missing.isEmpty()) {
            // It may be a slip.
            says.accept(missing.size() + " layers start from random weights, as the model has none of their name and"
                    + " sizes: " + String.join(", ", missing));
        }
        return Transfer.adopt(random, base.weights());
    }

    /// `setup`, or with its last layer fitted where the layers before it have no batch normalization: at the small rate
    /// that these endure, a random layer would take long to learn, and they would follow its gradients meanwhile.
    ///
    /// @throws IOException if the photos cannot be read
    public TrainingSetup fitted(TrainingSetup setup) throws IOException {
        var network = setup.start().network();
        if (!Recipe.forFineTuning(network).equals("folded") || !HeadFit.isPossible(network)) {
            return setup;
        }
        var fit = HeadFit.of(setup);
        says.accept(String.format(
                Locale.ROOT,
                "the last layer, fitted alone: top-1 %.2f %% in validation",
                100 * fit.validation().top1()));
        return setup.startingFrom(fit.model().weights());
    }
}
