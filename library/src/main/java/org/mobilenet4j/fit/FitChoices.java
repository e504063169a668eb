package org.mobilenet4j.fit;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.data.DataSet;
import org.mobilenet4j.data.augment.Augmentation;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.train.Recipe;
import org.mobilenet4j.train.TrainingRun;

/// What may be said of a training, and what holds where nothing is said.
///
/// @param validation photos that choose the epoch; null for a tenth of all
/// @param recipe null for the one that suits the network
/// @param epochs 0 for the recipe's
/// @param augmentation null for the one that suits the size of the photos
/// @param seed of weights, order and random changes
/// @param threads from 1 up
/// @param listener is told of steps and epochs
/// @param file where the model and its checkpoint are kept; null for nowhere
record FitChoices(
        @Nullable DataSet validation,
        @Nullable Recipe recipe,
        int epochs,
        @Nullable Augmentation augmentation,
        long seed,
        int threads,
        TrainingRun.Listener listener,
        @Nullable Path file) {
    static final FitChoices USUAL = new FitChoices(
            null, null, 0, null, 1, Runtime.getRuntime().availableProcessors(), new TrainingRun.Listener() {}, null);

    /// In an epoch, of a recipe that nobody chose.
    private static final int FEWEST_STEPS = 4;

    FitChoices {
        if (threads < 1) {
            throw new BadValueException("the number of threads must be positive, not " + threads);
        }
        if (epochs < 0) {
            throw new BadValueException("the number of epochs must be positive, not " + epochs);
        }
    }

    FitChoices withValidation(DataSet newValidation) {
        return new FitChoices(newValidation, recipe, epochs, augmentation, seed, threads, listener, file);
    }

    FitChoices withRecipe(Recipe newRecipe) {
        return new FitChoices(validation, newRecipe, epochs, augmentation, seed, threads, listener, file);
    }

    FitChoices withEpochs(int newEpochs) {
        if (newEpochs < 1) {
            throw new BadValueException("the number of epochs must be positive, not " + newEpochs);
        }
        return new FitChoices(validation, recipe, newEpochs, augmentation, seed, threads, listener, file);
    }

    FitChoices withAugmentation(Augmentation newAugmentation) {
        return new FitChoices(validation, recipe, epochs, newAugmentation, seed, threads, listener, file);
    }

    FitChoices withSeed(long newSeed) {
        return new FitChoices(validation, recipe, epochs, augmentation, newSeed, threads, listener, file);
    }

    FitChoices withThreads(int newThreads) {
        return new FitChoices(validation, recipe, epochs, augmentation, seed, newThreads, listener, file);
    }

    FitChoices withListener(TrainingRun.Listener newListener) {
        return new FitChoices(validation, recipe, epochs, augmentation, seed, threads, newListener, file);
    }

    FitChoices withFile(Path newFile) {
        return new FitChoices(validation, recipe, epochs, augmentation, seed, threads, listener, newFile);
    }

    /// The recipe, with the epochs that were said.
    ///
    /// @param usual the recipe where none was said, its batches made smaller where photos are few
    /// @param photos the number of training photos
    Recipe recipe(Recipe usual, int photos) {
        var chosen = recipe == null ? usual.withBatch(Math.clamp(photos / FEWEST_STEPS, 1, usual.batch())) : recipe;
        return epochs == 0 ? chosen : chosen.withEpochs(epochs);
    }
}
