package org.mobilenet4j.app.cli.train;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.app.cli.text.PlainText;
import org.mobilenet4j.app.cli.text.Progress;
import org.mobilenet4j.app.output.TextFile;
import org.mobilenet4j.data.Unreadable;
import org.mobilenet4j.text.Count;
import org.mobilenet4j.train.EpochResult;
import org.mobilenet4j.train.TrainingProgress;
import org.mobilenet4j.train.TrainingRun;
import org.mobilenet4j.train.TrainingSetup;

/// Progress and result of a training: a bar on a terminal, a line per epoch, and its files.
public final class TrainingReport implements TrainingRun.Listener, AutoCloseable {
    private static final double SMOOTHING = 0.1;

    private final TrainingRun run;
    private final TrainingSetup setup;
    private final TrainingFiles files;
    private final PrintWriter err;
    private final Measures measures;
    private @Nullable Progress bar;
    private long before = System.nanoTime();
    private double imagesPerSecond;
    private long seenBefore;

    TrainingReport(TrainingRun run, TrainingSetup setup, TrainingFiles files, PrintWriter err) {
        this.run = run;
        this.setup = setup;
        this.files = files;
        this.err = err;
        this.measures = Measures.of(setup);
        this.seenBefore = run.progress().seen();
    }

    /// The result for JSON. `unreadable` and `unvalidated` are the numbers of training and validation photos that could
    /// not be read; accuracy is that on the others.
    public record Result(
            String model,
            boolean finished,
            int epochs,
            int bestEpoch,
            double top1,
            double top5,
            int unreadable,
            int unvalidated,
            List<EpochResult> history) {}

    private int epochs() {
        return setup.options().recipe().epochs();
    }

    @Override
    public void step(TrainingProgress progress, int stepsPerEpoch, double loss) {
        long now = System.nanoTime();
        double rate = (progress.seen() - seenBefore) / ((now - before) / 1e9);
        imagesPerSecond = imagesPerSecond == 0 ? rate : imagesPerSecond + SMOOTHING * (rate - imagesPerSecond);
        before = now;
        seenBefore = progress.seen();
        if (bar == null) {
            bar = Progress.of("epoch " + (progress.epoch() + 1) + "/" + epochs(), stepsPerEpoch);
            for (int i = 1; i < progress.step(); i++) {
                bar.step();
            }
        }
        bar.step();
        var accuracy = measures == Measures.ACCURACY
                ? String.format(Locale.ROOT, ", top-1 %.1f %%", 100 * progress.top1())
                : "";
        bar.say(String.format(
                Locale.ROOT,
                "%s left in all, loss %.3f%s, %.0f images/s",
                left(progress, stepsPerEpoch),
                progress.loss(),
                accuracy,
                imagesPerSecond));
    }

    private String left(TrainingProgress progress, int stepsPerEpoch) {
        long steps = (long) (epochs() - progress.epoch()) * stepsPerEpoch - progress.step();
        long seconds = (long) (steps * setup.options().recipe().batch() / imagesPerSecond);
        return seconds >= 3600
                ? seconds / 3600 + " h " + seconds % 3600 / 60 + " min"
                : seconds / 60 + " min " + seconds % 60 + " s";
    }

    @Override
    public void epoch(TrainingProgress progress) throws IOException {
        close();
        seenBefore = 0;
        var result = progress.history().getLast();
        err.printf(
                Locale.ROOT,
                "epoch %d/%d: %s, %.0f s%s%n",
                result.epoch(),
                epochs(),
                measures.text(result),
                result.seconds(),
                progress.bestEpoch() == result.epoch() ? ", best so far" : "");
        err.flush();
        var csv = new StringBuilder(measures.header()).append('\n');
        progress.history().forEach(line -> csv.append(measures.csv(line)).append('\n'));
        TextFile.write(files.metrics(), csv.toString());
        TrainingCurves.write(progress.history(), measures, files.curves());
        before = System.nanoTime();
    }

    Result result(Path out, boolean isDone) {
        var progress = run.progress();
        int best = progress.bestEpoch();
        double top5 = best == 0 ? 0 : progress.history().get(best - 1).top5();
        return new Result(
                out.toString(),
                isDone,
                progress.epoch(),
                best,
                progress.bestTop1(),
                top5,
                run.unreadable().count(),
                run.unvalidated().count(),
                progress.history());
    }

    /// The text that is printed at the end.
    String text(Path out, boolean isDone) {
        var text = new StringBuilder();
        var result = result(out, isDone);
        if (!isDone) {
            boolean isBetween = run.progress().step() == 0;
            text.append(isBetween ? "stopped after epoch " : "stopped in epoch ")
                    .append(result.epochs() + (isBetween ? 0 : 1))
                    .append("; continue with --resume\n");
        }
        if (result.bestEpoch() > 0) {
            text.append(String.format(
                    Locale.ROOT,
                    "%s: %s %.2f %%%s, %s %.2f %% on %s, %s epoch %d of %d%n",
                    out,
                    measures.first(),
                    100 * result.top1(),
                    measures == Measures.ACCURACY
                            ? String.format(Locale.ROOT, " (standard error %.2f)", 100 * error(result.top1()))
                            : "",
                    measures.second(),
                    100 * result.top5(),
                    Count.of(validated(), "validation photo"),
                    hasChosen() ? "which chose" : "after",
                    result.bestEpoch(),
                    epochs()));
            text.append(measures == Measures.ACCURACY ? nearChance(result.top1()) : "");
        }
        return text.append(text(run.unreadable(), "training photo"))
                .append(text(run.unvalidated(), "validation photo"))
                .toString();
    }

    /// The validation photos that could be read.
    private int validated() {
        return setup.photos().validation().size() - run.unvalidated().count();
    }

    /// The standard error of a share of the validation photos, by Laplace's rule, so that it is not zero at 0 and 1.
    private double error(double share) {
        int photos = Math.max(1, validated());
        double near = (share * photos + 1) / (photos + 2.0);
        return Math.sqrt(near * (1 - near) / photos);
    }

    /// Whether the best of several epochs was taken, so that its accuracy is a little flattering.
    private boolean hasChosen() {
        return run.progress().history().stream()
                        .filter(result -> !Double.isNaN(result.top1()))
                        .count()
                > 1;
    }

    /// A warning if the model is hardly better than always answering the most frequent class.
    private String nearChance(double top1) {
        var counts = setup.photos().validation().counts();
        double chance = Arrays.stream(counts).max().orElse(0) / (double) Math.max(1, validated());
        if (top1 > chance + 2 * error(chance)) {
            return "";
        }
        return String.format(
                Locale.ROOT,
                "warning: always answering the most frequent class is right on %.1f %% too; train longer, or with"
                        + " another --rate (now %s)%n",
                100 * chance,
                setup.options().recipe().rate());
    }

    /// Lists the photos that could not be read; empty if all could.
    ///
    /// @param noun what they are
    public static String text(Unreadable unreadable, String noun) {
        if (unreadable.count() == 0) {
            return "";
        }
        var text = new StringBuilder(Count.of(unreadable.count(), noun) + " could not be read:\n");
        unreadable
                .problems()
                .forEach(problem ->
                        text.append("  ").append(PlainText.of(problem)).append('\n'));
        return text.toString();
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
