package org.mobilenet4j.app.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.app.experiment.run.DurationEstimate;
import org.mobilenet4j.app.experiment.run.ProtocolFile;
import org.mobilenet4j.app.experiment.run.Quantized;
import org.mobilenet4j.app.experiment.run.QuantizedRun;
import org.mobilenet4j.app.experiment.run.RunFolder;
import org.mobilenet4j.app.experiment.run.RunResult;
import org.mobilenet4j.app.experiment.run.Trained;
import org.mobilenet4j.app.output.FolderLock;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.model.file.ModelFile;
import org.mobilenet4j.train.EpochResult;
import org.mobilenet4j.train.TrainingProgress;
import org.mobilenet4j.train.TrainingRun;
import org.mobilenet4j.train.TrainingSetup;

/// Does the runs of a plan, one after the other, and writes its table after each.
///
/// A finished run is never repeated, whichever experiment needs it. A run that was stopped or killed resumes from its
/// last checkpoint, and its result is bit for bit that of an uninterrupted run.
public final class ExperimentRun {
    /// Receives the progress.
    public interface Listener {
        /// All times are known, and training begins.
        ///
        /// @param runs that are left
        default void begins(List<PlannedRun> runs) {}

        /// A step of a run is done.
        ///
        /// @param later seconds that the runs after it are likely to take
        default void step(PlannedRun run, TrainingProgress progress, int stepsPerEpoch, double later) {}

        /// A run is done.
        ///
        /// @param later seconds that the runs after it are likely to take
        default void ended(PlannedRun run, RunResult result, double later) {}
    }

    private static final String BUSY =
            "another mobilenet experiment is running in this folder; wait until it is done, or use another --out";

    private final ExperimentPlan plan;
    private volatile boolean isStopping;
    private volatile @Nullable TrainingRun current;

    /// Of what `plan` lists.
    public ExperimentRun(ExperimentPlan plan) {
        this.plan = plan;
    }

    /// Asks it to write a checkpoint and stop; any thread may call this.
    public void stop() {
        isStopping = true;
        var run = current;
        if (run != null) {
            run.stop();
        }
    }

    /// Does all remaining runs, until it is stopped.
    ///
    /// @return whether every run is done
    /// @throws IOException if something cannot be read or written, another process is running in the folder, or a
    ///     training diverges
    public boolean run(Listener listener) throws IOException {
        var lock = FolderLock.take(plan.out(), BUSY);
        try {
            // Again, because another process may have written since the plan was made.
            ProtocolFile.check(plan.out(), plan.protocol().settings());
            return runAll(listener);
        } finally {
            lock.close();
        }
    }

    private boolean runAll(Listener listener) throws IOException {
        var left = new ArrayList<RunFolder>();
        for (var run : plan.runs()) {
            if (run.result().isEmpty()) {
                left.add(run);
            }
        }
        if (left.isEmpty()) {
            return true;
        }
        var times = DurationEstimate.of(plan.runs(), plan.protocol());
        var planned = new ArrayList<PlannedRun>();
        for (var run : left) {
            planned.add(plan.planned(run, times.seconds(run)));
        }
        ProtocolFile.write(plan.out(), plan.protocol().settings());
        listener.begins(planned);
        while (!left.isEmpty()) {
            var run = left.removeFirst();
            var result = make(run, times.seconds(run), times.seconds(left), listener);
            if (result.isEmpty()) {
                return false;
            }
            times.add(run, result.get().seconds());
            ExperimentTable.of(plan).write(plan.out());
            listener.ended(plan.planned(run, times.seconds(run)), result.get(), times.seconds(left));
        }
        return true;
    }

    /// Continues one run to its end, or until it is stopped, in which case there is no result.
    private Optional<RunResult> make(RunFolder folder, double seconds, double later, Listener listener)
            throws IOException {
        var planned = plan.planned(folder, seconds);
        Files.createDirectories(folder.path());
        var history = switch (folder.arm().making()) {
            case Trained how ->
                train(
                        folder,
                        plan.protocol().setup(folder.arm().network(), how, folder.seed()),
                        planned,
                        later,
                        listener);
            case Quantized how -> round(folder, how, planned, later, listener);
        };
        if (history.isEmpty()) {
            return Optional.empty();
        }
        var result = result(folder, history.get());
        folder.finish(result);
        return Optional.of(result);
    }

    private Optional<List<EpochResult>> round(
            RunFolder folder, Quantized how, PlannedRun planned, double later, Listener listener) throws IOException {
        if (isStopping) { // quantization itself cannot be stopped
            return Optional.empty();
        }
        long begin = System.nanoTime();
        var run = QuantizedRun.of(how, plan.protocol(), folder);
        return how.training().isPresent()
                ? train(folder, run.setup(how.training().get()), planned, later, listener)
                : Optional.of(List.of(run.finish(begin)));
    }

    private Optional<List<EpochResult>> train(
            RunFolder folder, TrainingSetup setup, PlannedRun planned, double later, Listener listener)
            throws IOException {
        try (var run = open(folder, setup)) {
            current = run;
            if (isStopping) { // stop was requested before training started
                return Optional.empty();
            }
            boolean isDone = run.run(new TrainingRun.Listener() {
                @Override
                public void step(TrainingProgress progress, int stepsPerEpoch, double loss) {
                    listener.step(planned, progress, stepsPerEpoch, later);
                }

                @Override
                public void epoch(TrainingProgress progress) throws IOException {
                    folder.writeMetrics(progress.history());
                }
            });
            return isDone ? Optional.of(run.progress().history()) : Optional.empty();
        } catch (BadFileException | BadValueException e) {
            throw new IOException(planned.label() + ", seed " + planned.seed() + ": " + e.getMessage(), e);
        } finally {
            current = null;
        }
    }

    private static TrainingRun open(RunFolder folder, TrainingSetup setup) throws IOException {
        return Files.exists(folder.checkpoint())
                ? TrainingRun.resume(setup, folder.model(), folder.checkpoint())
                : TrainingRun.start(setup, folder.model(), folder.checkpoint());
    }

    private static RunResult result(RunFolder folder, List<EpochResult> history) throws IOException {
        double seconds = history.stream().mapToDouble(EpochResult::seconds).sum();
        var result = RunResult.of(folder.arm(), folder.seed(), history.getLast(), seconds);
        return folder.arm().making() instanceof Quantized how
                ? result.withIntegers(RunResult.Integers.of(how, ModelFile.read(folder.model())))
                : result;
    }
}
