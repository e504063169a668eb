package org.mobilenet4j.app.cli.train;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.mobilenet4j.app.cli.options.PositiveNumber;
import org.mobilenet4j.train.TrainingRun;
import org.mobilenet4j.train.TrainingSetup;
import picocli.CommandLine.Option;

/// When a training ends, how it is stopped and gone on with, and its run: what `train`, `prune` and `quantize` share.
public final class RunOptions {
    @Option(
            names = "--pause-after",
            paramLabel = "N",
            converter = PositiveNumber.class,
            description = "Stop training after epoch N, from where --resume goes on (default: train to the end).")
    private int pauseAfter = Integer.MAX_VALUE;

    @Option(names = "--resume", description = "Go on from the checkpoint beside --out, with all else as it was.")
    private boolean isResumed;

    @Option(
            names = "--patience",
            paramLabel = "N",
            description = "End after so many epochs without a better one (default: 0, never).")
    private int patience;

    /// Epochs without a better one after which a training ends, or 0.
    public int patience() {
        return patience;
    }

    /// Whether an earlier training is gone on with.
    public boolean isResumed() {
        return isResumed;
    }

    /// What came of a training.
    ///
    /// @param isDone whether it came to its end
    /// @param result as JSON has it
    /// @param text for people
    public record Outcome(boolean isDone, TrainingReport.Result result, String text) {
        /// Whether an epoch was validated, so that there is a model.
        public boolean hasModel() {
            return result.bestEpoch() > 0;
        }
    }

    /// Trains to the end, to `--pause-after` or until the process is asked to stop, and keeps the best epoch in `out`.
    ///
    /// @throws IOException when photos or files cannot be read or written, or the training diverges
    public Outcome run(TrainingSetup setup, Path out, PrintWriter err) throws IOException {
        var files = TrainingFiles.beside(out);
        try (var run = isResumed
                ? TrainingRun.resume(setup, out, files.checkpoint())
                : TrainingRun.start(setup, out, files.checkpoint())) {
            var report = new TrainingReport(run, setup, files, err);
            boolean isDone = Stopping.with(run::stop, () -> run.run(pauseAfter, report));
            report.close();
            return new Outcome(isDone, report.result(out, isDone), report.text(out, isDone));
        }
    }
}
