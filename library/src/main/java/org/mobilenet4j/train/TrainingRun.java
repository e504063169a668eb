package org.mobilenet4j.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.mobilenet4j.data.Unreadable;
import org.mobilenet4j.data.batch.Batches;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.file.ModelFile;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.train.optimize.Schedule;

/// Trains a network epoch by epoch, keeps the best weights in a model file, and checkpoints from which it goes on.
///
/// With the same setup and as many threads, a run that was stopped at any moment and resumed ends with the same weights
/// as an unbroken one.
public final class TrainingRun implements AutoCloseable {
    /// Hears how the training goes.
    public interface Listener {
        /// A step is done.
        ///
        /// @param progress up to here
        /// @param stepsPerEpoch how many steps an epoch has
        /// @param loss of the step
        default void step(TrainingProgress progress, int stepsPerEpoch, double loss) {}

        /// An epoch is done, and the model file written where it is the best.
        default void epoch(TrainingProgress progress) throws IOException {}
    }

    private static final long CHECKPOINT_NANOS = 180_000_000_000L;

    /// A loss this many times that of the first step, on average over some tens of steps, does not come back.
    private static final double DIVERGED = 3;

    private static final double SMOOTHING = 0.05;

    private final TrainingSetup setup;
    private final TrainingAssembly assembly;
    private final Path out;
    private final Path checkpoint;
    private final Trainer trainer;
    private final Teacher.Lessons lessons;
    private final Batches batches;
    private final Batches validation;
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
        this.validation = Batches.validation(setup.photos().validation(), assembly.batches());
        this.lessons = assembly.lessons();
        this.schedule = setup.options().recipe().learningRates(batches.perEpoch());
        this.progress = TrainingProgress.START.withFirstKept(firstKept());
    }

    /// The first epoch that ends with weights as they are wanted.
    private int firstKept() {
        long steps = setup.options().constraint().settled();
        return (int) Math.max(1, Math.ceilDiv(steps, Math.max(1, batches.perEpoch())));
    }

    /// A run from the start.
    ///
    /// @param out the model file, written after each epoch that is the best so far
    /// @param checkpoint written every few minutes and after each epoch
    /// @throws IOException when data is missing or there is no room
    public static TrainingRun start(TrainingSetup setup, Path out, Path checkpoint) throws IOException {
        return new TrainingRun(setup, out, checkpoint);
    }

    /// A run that goes on from `checkpoint`.
    ///
    /// @throws IOException when there is none, or it belongs to another training
    public static TrainingRun resume(TrainingSetup setup, Path out, Path checkpoint) throws IOException {
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

    /// How far it has come.
    public TrainingProgress progress() {
        return progress;
    }

    /// How many steps an epoch has.
    public int stepsPerEpoch() {
        return batches.perEpoch();
    }

    /// The photos that could not be read so far.
    public Unreadable unreadable() {
        return batches.unreadable();
    }

    /// Asks the run to write a checkpoint and stop; any thread may.
    public void stop() {
        isStopping = true;
    }

    /// Trains to the last epoch, until patience ends, or until it is stopped.
    ///
    /// @return whether it came to its end, and was not stopped
    /// @throws BadValueException when the loss diverges, as the learning rate is too high
    /// @throws IOException when something cannot be read or written
    public boolean run(Listener listener) throws IOException {
        return run(setup.options().recipe().epochs(), listener);
    }

    /// The same, but no further than to the end of epoch `last`, counted from 1, from where a later run goes on.
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
        }
        return progress.epoch() >= epochs || isOutOfPatience();
    }

    private boolean isOutOfPatience() {
        int since = Math.max(progress.bestEpoch(), progress.firstKept() - 1);
        return setup.validations().isOver(progress.epoch() - since);
    }

    private void step(Listener listener) throws IOException {
        long begin = System.nanoTime();
        var batch = batches.next()
                .orElseThrow(() -> new BadFileException(
                        setup.photos().train().name(), "no photo can be read any more; check the files"));
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
        var model = assembly.model(trainer);
        int epochs = setup.options().recipe().epochs();
        var accuracy = setup.validations().isDue(progress.epoch() + 1, epochs)
                ? Validation.of(model, validation, trainer.threads())
                : Validation.NONE;
        double seconds = progress.millis() / 1e3 + (System.nanoTime() - begin) / 1e9;
        progress = progress.afterEpoch(new EpochResult(
                progress.epoch() + 1,
                schedule.rate(trainer.state().step() - 1),
                progress.loss(),
                progress.top1(),
                accuracy.top1(),
                accuracy.top5(),
                seconds));
        if (progress.bestEpoch() == progress.epoch()) {
            ModelFile.write(model, out, ElementType.FLOAT32);
        }
        writeCheckpoint();
    }

    private void writeCheckpoint() throws IOException {
        Checkpoint.write(checkpoint, trainer.state(), progress, assembly.identity(trainer.threads()));
        lastCheckpoint = System.nanoTime();
    }

    /// The best model so far, or none before the first epoch is done.
    ///
    /// @throws IOException when its file cannot be read
    public Optional<Model> best() throws IOException {
        return progress.bestEpoch() == 0 ? Optional.empty() : Optional.of(ModelFile.read(out));
    }

    @Override
    public void close() throws IOException {
        batches.close();
        validation.close();
    }
}
