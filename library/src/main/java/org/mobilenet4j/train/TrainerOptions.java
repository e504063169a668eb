package org.mobilenet4j.train;

import java.util.function.Predicate;
import org.mobilenet4j.kernel.Kernels;
import org.mobilenet4j.kernel.variant.KernelVariant;
import org.mobilenet4j.train.loss.Loss;
import org.mobilenet4j.train.loss.SoftmaxCrossEntropy;
import org.mobilenet4j.train.optimize.Checks;

/// How a trainer works.
///
/// @param recipe optimizer, decays and the most images of a step
/// @param loss what is made small
/// @param threads how many share each step; results depend on it in the last bits
/// @param isTrained whether the layer of that name is trained; others stay as they are, their batch normalization too
/// @param bodyRate the learning rate of all layers but the last with weights, relative to the recipe's
/// @param seed of dropout
/// @param vectors whether vector kernels run, or plain loops
/// @param constraint what the weights have to obey
public record TrainerOptions(
        Recipe recipe,
        Loss loss,
        int threads,
        Predicate<String> isTrained,
        double bodyRate,
        long seed,
        boolean vectors,
        WeightConstraint constraint) {
    public TrainerOptions {
        Checks.count("the number of threads", threads);
        Checks.positive("the body's share of the learning rate", bodyRate);
    }

    /// Everything trained with softmax cross-entropy as `recipe` says, on as many threads as there are processors, on
    /// vectors where the process has them.
    public static TrainerOptions of(Recipe recipe) {
        return new TrainerOptions(
                recipe,
                new SoftmaxCrossEntropy(recipe.labelSmoothing()),
                Runtime.getRuntime().availableProcessors(),
                _ -> true,
                1,
                0,
                KernelVariant.preferredForArrays() == KernelVariant.VECTOR,
                WeightConstraint.NONE);
    }

    /// With other threads.
    public TrainerOptions withThreads(int newThreads) {
        return new TrainerOptions(recipe, loss, newThreads, isTrained, bodyRate, seed, vectors, constraint);
    }

    /// With another seed.
    public TrainerOptions withSeed(long newSeed) {
        return new TrainerOptions(recipe, loss, threads, isTrained, bodyRate, newSeed, vectors, constraint);
    }

    /// With another loss.
    public TrainerOptions withLoss(Loss newLoss) {
        return new TrainerOptions(recipe, newLoss, threads, isTrained, bodyRate, seed, vectors, constraint);
    }

    /// With only some layers trained.
    public TrainerOptions withTrained(Predicate<String> newIsTrained) {
        return new TrainerOptions(recipe, loss, threads, newIsTrained, bodyRate, seed, vectors, constraint);
    }

    /// With another rate for all layers but the last.
    public TrainerOptions withBodyRate(double newBodyRate) {
        return new TrainerOptions(recipe, loss, threads, isTrained, newBodyRate, seed, vectors, constraint);
    }

    /// With vector kernels or plain loops.
    public TrainerOptions withVectors(boolean newVectors) {
        return new TrainerOptions(recipe, loss, threads, isTrained, bodyRate, seed, newVectors, constraint);
    }

    /// With weights that have to obey.
    public TrainerOptions withConstraint(WeightConstraint newConstraint) {
        return new TrainerOptions(recipe, loss, threads, isTrained, bodyRate, seed, vectors, newConstraint);
    }

    Kernels kernels() {
        return (vectors ? KernelVariant.VECTOR : KernelVariant.SCALAR).kernels();
    }
}
