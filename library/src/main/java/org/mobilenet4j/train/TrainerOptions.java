package org.mobilenet4j.train;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.kernel.Kernels;
import org.mobilenet4j.kernel.variant.KernelVariant;
import org.mobilenet4j.model.OutputMeaning;
import org.mobilenet4j.train.loss.Loss;
import org.mobilenet4j.train.loss.SigmoidCrossEntropy;
import org.mobilenet4j.train.loss.SoftmaxCrossEntropy;
import org.mobilenet4j.train.loss.TwoClassCrossEntropy;
import org.mobilenet4j.train.optimize.Checks;

/// Options of a trainer.
///
/// @param recipe optimizer, decays and batch size
/// @param loss the loss to minimize; if empty, the cross-entropy that belongs to the network's outputs
/// @param threads number of threads of each step; results depend on it in the last bits
/// @param isTrained whether the layer of that name is trained; others are frozen, including their batch normalization
/// @param bodyRate learning rate of all layers but the last one with weights, relative to the recipe's
/// @param seed seed of dropout
/// @param vectors whether the process's fastest kernels run, or plain loops
/// @param constraint constraint on the weights
public record TrainerOptions(
        Recipe recipe,
        Optional<Loss> loss,
        int threads,
        Predicate<String> isTrained,
        double bodyRate,
        long seed,
        boolean vectors,
        WeightConstraint constraint) {
    public TrainerOptions {
        Objects.requireNonNull(recipe, "recipe");
        Objects.requireNonNull(loss, "loss");
        Objects.requireNonNull(isTrained, "isTrained");
        Objects.requireNonNull(constraint, "constraint");
        Checks.count("the number of threads", threads);
        Checks.positive("the relative learning rate of the body", bodyRate);
    }

    /// All layers trained according to `recipe`, with the loss of the network's outputs, on all processors, with the
    /// process's fastest kernels.
    public static TrainerOptions of(Recipe recipe) {
        return new TrainerOptions(
                recipe,
                Optional.empty(),
                Runtime.getRuntime().availableProcessors(),
                _ -> true,
                1,
                0,
                KernelVariant.preferred() != KernelVariant.SCALAR,
                WeightConstraint.NONE);
    }

    /// With another number of threads.
    public TrainerOptions withThreads(int newThreads) {
        return new TrainerOptions(recipe, loss, newThreads, isTrained, bodyRate, seed, vectors, constraint);
    }

    /// With another seed.
    public TrainerOptions withSeed(long newSeed) {
        return new TrainerOptions(recipe, loss, threads, isTrained, bodyRate, newSeed, vectors, constraint);
    }

    /// With another loss.
    public TrainerOptions withLoss(Loss newLoss) {
        return new TrainerOptions(
                recipe, Optional.of(newLoss), threads, isTrained, bodyRate, seed, vectors, constraint);
    }

    /// With only some layers trained.
    public TrainerOptions withTrained(Predicate<String> newIsTrained) {
        return new TrainerOptions(recipe, loss, threads, newIsTrained, bodyRate, seed, vectors, constraint);
    }

    /// With another relative learning rate for all layers but the last.
    public TrainerOptions withBodyRate(double newBodyRate) {
        return new TrainerOptions(recipe, loss, threads, isTrained, newBodyRate, seed, vectors, constraint);
    }

    /// With the process's fastest kernels or plain loops.
    public TrainerOptions withVectors(boolean newVectors) {
        return new TrainerOptions(recipe, loss, threads, isTrained, bodyRate, seed, newVectors, constraint);
    }

    /// With a constraint on the weights.
    public TrainerOptions withConstraint(WeightConstraint newConstraint) {
        return new TrainerOptions(recipe, loss, threads, isTrained, bodyRate, seed, vectors, newConstraint);
    }

    /// The loss that a training of `network` minimizes.
    public Loss lossOf(Network network) {
        double smoothing = recipe.labelSmoothing();
        return loss.orElseGet(
                () -> switch (OutputMeaning.of(network, Optional.empty(), true).outputs()) {
                    case SIGMOIDS -> new SigmoidCrossEntropy(smoothing);
                    case ONE_SIGMOID, ONE_LOGIT -> new TwoClassCrossEntropy(smoothing);
                    case PROBABILITIES, LOGITS, DETECTIONS, FEATURES -> new SoftmaxCrossEntropy(smoothing);
                });
    }

    Kernels kernels() {
        return recipe.precision().kernels(vectors ? KernelVariant.preferred() : KernelVariant.SCALAR);
    }
}
