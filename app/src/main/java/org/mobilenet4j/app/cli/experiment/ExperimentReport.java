package org.mobilenet4j.app.cli.experiment;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.app.cli.text.Duration;
import org.mobilenet4j.app.cli.text.Progress;
import org.mobilenet4j.app.experiment.ExperimentRun;
import org.mobilenet4j.app.experiment.PlannedRun;
import org.mobilenet4j.app.experiment.run.RunResult;
import org.mobilenet4j.train.TrainingProgress;

/// Progress of an experiment: a line for each run, and a progress bar on a terminal.
final class ExperimentReport implements ExperimentRun.Listener, AutoCloseable {
    private final PrintWriter err;
    private @Nullable Progress bar;

    ExperimentReport(PrintWriter err) {
        this.err = err;
    }

    @Override
    public void begins(List<PlannedRun> runs) {
        if (!runs.isEmpty()) {
            double seconds = runs.stream().mapToDouble(PlannedRun::seconds).sum();
            err.printf(
                    "%d of %d runs to do, about %s in all%n",
                    runs.size(), runs.getFirst().of(), Duration.of(seconds));
            err.flush();
        }
    }

    @Override
    public void step(PlannedRun run, TrainingProgress progress, int stepsPerEpoch, double later) {
        long steps = (long) run.epochs() * stepsPerEpoch;
        long done = (long) progress.epoch() * stepsPerEpoch + progress.step();
        var now = bar;
        if (now == null) {
            now = Progress.of("run " + run.number() + "/" + run.of(), (int) steps);
            bar = now;
        }
        now.moveTo(done, steps);
        now.say(String.format(
                Locale.ROOT,
                "%s, epoch %d/%d, loss %.3f, %s left",
                run.label(),
                progress.epoch() + 1,
                run.epochs(),
                progress.loss(),
                Duration.of(later + run.seconds() * (steps - done) / steps)));
    }

    @Override
    public void ended(PlannedRun run, RunResult result, double later) {
        close();
        err.printf(
                Locale.ROOT,
                "run %d/%d: %s, seed %d: top-1 %.2f %% in %s; %s left%n",
                run.number(),
                run.of(),
                run.label(),
                run.seed(),
                100 * result.top1(),
                Duration.of(result.seconds()),
                Duration.of(later));
        err.flush();
    }

    @Override
    public void close() {
        var now = bar;
        if (now != null) {
            now.close();
        }
        bar = null;
    }
}
