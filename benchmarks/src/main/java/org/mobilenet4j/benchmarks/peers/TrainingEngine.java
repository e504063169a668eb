package org.mobilenet4j.benchmarks.peers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.file.ModelFile;
import org.mobilenet4j.train.Precision;
import org.mobilenet4j.train.Recipe;
import org.mobilenet4j.train.Trainer;
import org.mobilenet4j.train.TrainerOptions;

/// Training on one engine: each run is a step on the same batch, and the outputs are the losses of the first steps.
final class TrainingEngine implements Engine {
    private static final int LOSSES = 3;
    private static final long WARM_NANOS = 10_000_000_000L;

    private final Step step;
    private final String version;
    private final float[] images;
    private final float[] targets;
    private final int batch;
    private final float[] losses = new float[LOSSES];
    private int steps;

    /// Runs one step and returns its loss.
    @FunctionalInterface
    private interface Step {
        double run(float[] images, float[] targets, int count, double rate);
    }

    private TrainingEngine(Step step, String version, Model model, Workload workload) {
        this.step = step;
        this.version = version;
        this.batch = workload.batch();
        this.images = workload.channelsLast(model.network().input());
        this.targets = TrainingWorkload.targets(batch, model.network().output().elements());
    }

    /// This library's trainer.
    static TrainingEngine mobilenet4j(Path file, Workload workload, Precision precision) throws IOException {
        var model = ModelFile.read(file);
        var recipe = Recipe.TF_SLIM
                .with("optimizer", TrainingWorkload.OPTIMIZER.toString())
                .with("weight-decay", "0")
                .with("batch-norm-decay", String.valueOf(TrainingWorkload.BATCH_NORM_DECAY))
                .withBatch(workload.batch())
                .withPrecision(precision);
        var options = TrainerOptions.of(recipe).withThreads(workload.threads());
        var trainer = Trainer.of(model.network(), model.weights(), options);
        return new TrainingEngine(trainer::step, Mobilenet4jEngine.libraryVersion(), model, workload);
    }

    /// PyTorch through DJL.
    static TrainingEngine pytorch(Path file, Workload workload) throws IOException {
        var model = ModelFile.read(file);
        var training = new PytorchTraining(
                model.network(), model.weights(), TrainingWorkload.OPTIMIZER, TrainingWorkload.BATCH_NORM_DECAY);
        return new TrainingEngine(training::step, training.version(), model, workload);
    }

    /// DJL's own blocks and trainer on PyTorch.
    static TrainingEngine djl(Path file, Workload workload) throws IOException {
        var model = ModelFile.read(file);
        var training = new DjlTraining(
                model.network(),
                model.weights(),
                TrainingWorkload.OPTIMIZER,
                TrainingWorkload.RATE,
                TrainingWorkload.BATCH_NORM_DECAY,
                workload.batch());
        return new TrainingEngine(
                (images, targets, count, _) -> training.step(images, targets, count),
                training.version(),
                model,
                workload);
    }

    @Override
    public void run() {
        double loss = step.run(images, targets, batch, TrainingWorkload.RATE);
        if (steps < LOSSES) {
            losses[steps++] = (float) loss;
        }
    }

    @Override
    public float[] output() {
        return Arrays.copyOf(losses, steps);
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public void awaitWarm() {
        for (long start = System.nanoTime(); System.nanoTime() - start < WARM_NANOS; ) {
            run();
        }
    }
}
