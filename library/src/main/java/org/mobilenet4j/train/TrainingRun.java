package org.mobilenet4j.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.mobilenet4j.data.Unreadable;
import org.mobilenet4j.data.batch.Batches;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.file.ModelFile;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.train.optimize.Schedule;

/// Trains a network epoch by epoch, saves the best weights to a model file, and writes checkpoints to resume from.
///
/// With the same setup and number of threads, a run that was stopped at any time and resumed ends with the same
/// weights as an uninterrupted one.
public final class TrainingRun implements AutoCloseable {
    /// Receives the progress of the training.
    public interface Listener {
        /// A step is finished.
        ///
        /// @param progress so far
        /// @param stepsPerEpoch number of steps per epoch
        /// @param loss of the step
        default void step(TrainingProgress progress, int stepsPerEpoch, double loss) {}

        /// An epoch is finished, and the model file has been written if it is the best so far.
        default void epoch(TrainingProgress progress) throws IOException {}
    }

    private static final long CHECKPOINT_NANOS = 180_000_000_000L;

    /// Training does not recover from a loss this many times that of the first step, averaged over some tens of steps.
    private static final double DIVERGED = 3;

    private static final double SMOOTHING = 0.05;

    private final TrainingSetup setup;
    private final TrainingAssembly assembly;
    private final Path out;
    private final Path checkpoint;
    private final Trainer trainer;
    private final Teacher.Lessons lessons;
    private final Batches batches;
    private final Validator validation;
    private final Schedule schedule;
    private TrainingProgress progress;
    private volatile boolean isStopping;
    private long lastCheckpoint = System.nanoTime();
    private double firstLoss = Double.NaN;
    private double smoothLoss = Double.NaN;

    private TrainingRun(TrainingSetup setup, Path out, Path checkpoint) throws IOException {
        this.setup = setup;
        this.out = out;
        this.checkpoint = checkpoint;
        this.assembly = new TrainingAssembly(setup);
        this.trainer = assembly.trainer();
        Checkpoint.checkRoom(checkpoint, trainer.state());
        this.batches = Batches.training(setup.photos().train(), assembly.batches());
        this.validation = assembly.validator();
        this.lessons = assembly.lessons();
        this.schedule = setup.options().recipe().learningRates(batches.perEpoch());
        this.progress = TrainingProgress.START.withFirstKept(firstKept());
    }

    /// The first epoch at whose end the weights satisfy the constraint.
    private int firstKept() {
        long steps = setup.options().constraint().settled();
        return (int) Math.max(1, Math.ceilDiv(steps, Math.max(1, batches.perEpoch())));
    }

    /// A new run.
    ///
    /// @param out the model file, written after each epoch that is the best so far
    /// @param checkpoint written every few minutes and after each epoch
    /// @throws IOException if data is missing or the disk is full
    public static TrainingRun start(TrainingSetup setup, Path out, Path checkpoint) throws IOException {
        return new TrainingRun(setup, out, checkpoint);
    }

    /// A run that resumes from `checkpoint`.
    ///
    /// @throws IOException if it does not exist, or belongs to another training run
    public static TrainingRun resume(TrainingSetup setup, Path out, Path checkpoint) throws IOException {
        Objects.requireNonNull(setup, "setup");
        Objects.requireNonNull(out, "out");
        Objects.requireNonNull(checkpoint, "checkpoint");
        if (!Files.exists(checkpoint)) {
            throw new BadFileException(checkpoint, "there is no checkpoint to resume from; start without --resume");
        }
        var run = new TrainingRun(setup, out, checkpoint);
        try {
            run.progress = Checkpoint.read(
                            checkpoint, run.trainer.state(), run.assembly.identity(run.trainer.threads()))
                    .withFirstKept(run.firstKept());
            return run;
        } catch (IOException | RuntimeException e) {
            run.close();
            throw e;
        }
    }

    /// The progress so far.
    public TrainingProgress progress() {
        return progress;
    }

    /// The number of steps per epoch.
    public int stepsPerEpoch() {
        return batches.perEpoch();
    }

    /// The training photos that could not be read so far.
    public Unreadable unreadable() {
        return batches.unreadable();
    }

    /// The validation photos that could not be read so far; accuracy is that on the others.
    public Unreadable unvalidated() {
        return validation.unreadable();
    }

    /// Asks the run to write a checkpoint and stop; may be called from any thread.
    public void stop() {
        isStopping = true;
    }

    /// Trains until the last epoch, until patience runs out, or until stopped.
    ///
    /// @return whether the run finished rather than being stopped
    /// @throws BadValueException if the loss diverges because the learning rate is too high
    /// @throws IOException if a file cannot be read or written
    public boolean run(Listener listener) throws IOException {
        return run(setup.options().recipe().epochs(), listener);
    }

    /// As [#run(Listener)], but at most to the end of epoch `last`, counted from 1, from where a later run resumes.
    ///
    /// @return whether there is nothing left to train
    public boolean run(int last, Listener listener) throws IOException {
        int epochs = setup.options().recipe().epochs();
        while (progress.epoch() < Math.min(last, epochs) && !isOutOfPatience()) {
            batches.start(progress.epoch(), progress.step());
            while (progress.step() < batches.perEpoch()) {
                step(listener);
                boolean isDue = System.nanoTime() - lastCheckpoint > CHECKPOINT_NANOS;
                if (isStopping || isDue) {
                    writeCheckpoint();
                }
                if (isStopping) {
                    return false;
                }
            }
            endEpoch();
            listener.epoch(progress);
            if (progress.epoch() == epochs || isOutOfPatience()) {
                batches.readRest(progress.epoch() - 1);
            }
        }
        return progress.epoch() >= epochs || isOutOfPatience();
    }

    private boolean isOutOfPatience() {
        int since = Math.max(progress.lastImprovement(), progress.firstKept() - 1);
        return setup.validations().isOver(progress.epoch() - since);
    }

    private void step(Listener listener) throws IOException {
        long begin = System.nanoTime();
        var batch = batches.next()
                .orElseThrow(() -> new BadFileException(
                        setup.photos().train().name(), "none of its photos can be read any more; check the files"));
        double rate = schedule.rate(trainer.state().step());
        double loss = trainer.step(batch.images(), lessons.targets(batch), batch.count(), rate);
        check(loss, rate);
        long millis = (System.nanoTime() - begin + 500_000) / 1_000_000;
        progress = progress.afterStep(loss, trainer.hits(), batch.count(), millis);
        listener.step(progress, batches.perEpoch(), loss);
    }

    private void check(double loss, double rate) {
        firstLoss = Double.isNaN(firstLoss) ? Math.max(loss, 1) : firstLoss;
        smoothLoss = Double.isNaN(smoothLoss) ? loss : smoothLoss + SMOOTHING * (loss - smoothLoss);
        if (!Double.isFinite(loss) || smoothLoss > DIVERGED * firstLoss) {
            throw new BadValueException("the training diverged: the loss is " + (float) loss + " at step "
                    + (progress.step() + 1) + " of epoch " + (progress.epoch() + 1) + ", with a learning rate of "
                    + (float) rate + "; take a smaller --rate");
        }
    }

    private void endEpoch() throws IOException {
        long begin = System.nanoTime();
        int epochs = setup.options().recipe().epochs();
        var model = setup.validations().isDue(progress.epoch() + 1, epochs)
                ? Optional.of(assembly.model(trainer, progress.epoch()))
                : Optional.<Model>empty();
        var accuracy = model.isPresent() ? validation.measure(model.get(), trainer.threads()) : Validation.NONE;
        double seconds = progress.millis() / 1e3 + (System.nanoTime() - begin) / 1e9;
        progress = progress.afterEpoch(new EpochResult(
                progress.epoch() + 1,
                schedule.rate(trainer.state().step() - 1),
                progress.loss(),
                progress.top1(),
                accuracy.top1(),
                accuracy.top5(),
                seconds));
        if (model.isPresent() && progress.bestEpoch() == progress.epoch()) {
            ModelFile.write(model.get(), out, ElementType.FLOAT32);
        }
        writeCheckpoint();
    }

    private void writeCheckpoint() throws IOException {
        Checkpoint.write(checkpoint, trainer.state(), progress, assembly.identity(trainer.threads()));
        lastCheckpoint = System.nanoTime();
    }

    /// The best model so far, or none before the first epoch is finished.
    ///
    /// @throws IOException if its file cannot be read
    public Optional<Model> best() throws IOException {
        return progress.bestEpoch() == 0 ? Optional.empty() : Optional.of(ModelFile.read(out));
    }

    @Override
    public void close() throws IOException {
        batches.close();
        validation.close();
    }

    /// Such as `TrainingRun[Trainer[...] into my.safetensors]`.
    @Override
    public String toString() {
        return "TrainingRun[" + trainer + " into " + out + "]";
    }
}
