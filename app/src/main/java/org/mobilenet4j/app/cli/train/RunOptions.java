package org.mobilenet4j.app.cli.train;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.mobilenet4j.app.cli.options.OptionGroup;
import org.mobilenet4j.app.cli.options.PositiveNumber;
import org.mobilenet4j.app.cli.text.Stopping;
import org.mobilenet4j.app.output.FolderLock;
import org.mobilenet4j.train.Checkpoint;
import org.mobilenet4j.train.TrainingRun;
import org.mobilenet4j.train.TrainingSetup;
import picocli.CommandLine.Option;

/// Options to end, stop and resume training, and the training run itself; shared by `train`, `prune` and `quantize`.
@OptionGroup("Stopping and resuming")
public final class RunOptions {
    @Option(
            names = "--pause-after",
            paramLabel = "N",
            converter = PositiveNumber.class,
            description = "Stop after epoch N; --resume continues from there (default: train to the end).")
    private int pauseAfter = Integer.MAX_VALUE;

    @Option(
            names = "--resume",
            description = "Resume from the checkpoint beside --out; give all other options as before. With more"
                    + " --epochs, a training goes on at the rates of the longer schedule, even if it was done.")
    private boolean isResumed;

    @Option(
            names = "--patience",
            paramLabel = "N",
            description = "Early stopping after N epochs without improvement (default: 0, never).")
    private int patience;

    /// Epochs without improvement after which training ends, or 0.
    public int patience() {
        return patience;
    }

    /// Whether to resume an earlier training.
    public boolean isResumed() {
        return isResumed;
    }

    /// The outcome of a training.
    ///
    /// @param isDone whether it ran to its end
    /// @param result for JSON
    /// @param text for a terminal
    public record Outcome(boolean isDone, TrainingReport.Result result, String text) {
        /// Whether an epoch was validated, so that there is a model.
        public boolean hasModel() {
            return result.bestEpoch() > 0;
        }
    }

    /// Trains to the end, to `--pause-after` or until the process is asked to stop, and keeps the best epoch in `out`.
    ///
    /// @throws IOException if photos or files cannot be read or written, or training diverges
    public Outcome run(TrainingSetup setup, Path out, PrintWriter err) throws IOException {
        var files = TrainingFiles.beside(out);
        var unfinished = Checkpoint.unfinished(files.checkpoint());
        if (!isResumed && unfinished.isPresent()) {
            throw new IOException(files.checkpoint() + ": holds an unfinished training (" + unfinished.get()
                    + "); go on with --resume, or delete it to start anew");
        }
        return Stopping.with(
                "stopped; " + files.checkpoint()
                        + " holds the training so far, and the same command with --resume goes on",
                stop -> {
                    try (var _ = FolderLock.takeFile(
                            out, "another process is training it; wait for its end, or name another --out")) {
                        return run(setup, out, files, err, stop);
                    }
                });
    }

    private Outcome run(TrainingSetup setup, Path out, TrainingFiles files, PrintWriter err, Stopping.Stop stop)
            throws IOException {
        try (var run = isResumed
                ? TrainingRun.resume(setup, out, files.checkpoint())
                : TrainingRun.start(setup, out, files.checkpoint())) {
            if (setup.boxes().isEmpty()) {
                SplitSummary.of(setup.photos()).print(err);
            }
            stop.by(run::stop);
            var report = new TrainingReport(run, setup, files, err);
            boolean isDone;
            try (report) { // which erases the bar before anything else is said
                isDone = run.run(pauseAfter, report);
            }
            return new Outcome(isDone, report.result(out, isDone), report.text(out, isDone));
        }
    }
}
