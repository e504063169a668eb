package org.mobilenet4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.zoo.MobileNetV1;
import org.mobilenet4j.compress.prune.Clustering;
import org.mobilenet4j.compress.prune.KMeans;
import org.mobilenet4j.compress.prune.MagnitudePruning;
import org.mobilenet4j.data.Split;
import org.mobilenet4j.data.augment.Augmentation;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;

/// Training with weights that stay zero, or equal to each other.
class WeightConstraintTest {
    private static final String KERNEL = "conv_pw_3/kernel";
    private static final MagnitudePruning PRUNING = new MagnitudePruning(0.8, MagnitudePruning.Scope.LAYER, false);
    private static final TrainingRun.Listener NOBODY = new TrainingRun.Listener() {};

    @TempDir
    private Path folder;

    private static Network network() {
        return MobileNetV1.of(0.25, 32, 3)
                .withVariant(MobileNetV1.Variant.SHALLOW)
                .network();
    }

    private static TrainingSetup setup(Weights start, WeightConstraint constraint) {
        var recipe = Recipe.DEFAULT.withBatch(10).withEpochs(3).withRate(0.05).with("average-decay", "0.9");
        return new TrainingSetup(
                new Model(network(), start, List.of(), Preprocessing.TF_SLIM),
                new Split(new ColoredSquares(40, 0), new ColoredSquares(15, 1000)),
                Augmentation.LIGHT,
                TrainerOptions.of(recipe).withThreads(2).withSeed(7).withConstraint(constraint));
    }

    private Weights whole(TrainingSetup setup, String name) throws IOException {
        try (var run =
                TrainingRun.start(setup, folder.resolve(name + ".safetensors"), folder.resolve(name + ".checkpoint"))) {
            assertThat(run.run(NOBODY)).isTrue();
            return run.best().orElseThrow().weights();
        }
    }

    private static double sparsity(float[] values) {
        int zeros = 0;
        for (float value : values) {
            zeros += value == 0 ? 1 : 0;
        }
        return (double) zeros / values.length;
    }

    /// The weights become sparse in the second of three epochs of four steps, and the average with them.
    @Test
    void becomesAsSparseAsAskedFor() throws IOException {
        var setup = setup(InitialWeights.of(network(), 3), PRUNING.during(7));
        var weights = whole(setup, "sparse");
        float[] kernel = weights.get(KERNEL).toArray();
        assertThat(sparsity(kernel)).isEqualTo((double) Math.round(0.8 * kernel.length) / kernel.length);
        assertThat(sparsity(weights.get("conv_dw_3/depthwise_kernel").toArray()))
                .isZero();
        try (var run =
                TrainingRun.resume(setup, folder.resolve("sparse.safetensors"), folder.resolve("sparse.checkpoint"))) {
            assertThat(run.progress().bestEpoch()).isGreaterThanOrEqualTo(2);
        }
    }

    /// Stopped in the middle of becoming sparse and resumed, it ends with the same bytes.
    @Test
    void resumesToTheBit() throws IOException {
        var setup = setup(InitialWeights.of(network(), 3), PRUNING.during(7));
        whole(setup, "whole");
        var model = folder.resolve("parts.safetensors");
        var checkpoint = folder.resolve("parts.checkpoint");
        try (var run = TrainingRun.start(setup, model, checkpoint)) {
            run.run(new TrainingRun.Listener() {
                @Override
                public void step(TrainingProgress progress, int stepsPerEpoch, double loss) {
                    if (progress.epoch() == 1 && progress.step() == 1) {
                        run.stop();
                    }
                }
            });
        }
        try (var run = TrainingRun.resume(setup, model, checkpoint)) {
            assertThat(run.run(NOBODY)).isTrue();
        }
        assertThat(model).hasSameBinaryContentAs(folder.resolve("whole.safetensors"));
        var free = setup(InitialWeights.of(network(), 3), WeightConstraint.NONE);
        assertThatThrownBy(() -> TrainingRun.resume(free, model, checkpoint))
                .isInstanceOf(BadFileException.class)
                .hasMessageContaining("the recipe");
    }

    @Test
    void equalWeightsLearnTogether() throws IOException {
        var start = new Model(network(), InitialWeights.of(network(), 3), List.of(), Preprocessing.TF_SLIM);
        var clustered = new Clustering(5, KMeans.Start.DENSITY)
                .cluster(PRUNING.prune(start))
                .weights();
        var learned = whole(setup(clustered, Clustering.tied()), "tied");
        for (var name : List.of("conv1/kernel", "conv_dw_3/depthwise_kernel", KERNEL, "conv_preds/kernel")) {
            float[] before = clustered.get(name).toArray();
            float[] after = learned.get(name).toArray();
            assertThat(after).isNotEqualTo(before);
            var becomes = new HashMap<Float, Float>();
            for (int i = 0; i < before.length; i++) {
                var known = becomes.putIfAbsent(before[i], after[i]);
                assertThat(after[i]).isEqualTo(known == null ? after[i] : known);
                assertThat(after[i] == 0).isEqualTo(before[i] == 0);
            }
        }
    }
}
