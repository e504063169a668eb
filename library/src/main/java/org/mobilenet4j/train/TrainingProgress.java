package org.mobilenet4j.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// The progress of a training run.
///
/// @param epoch current epoch, counted from 0
/// @param step finished batches of that epoch
/// @param lossSum sum of those batches' mean losses
/// @param hits correctly classified images among them
/// @param seen images among them
/// @param millis duration of the epoch so far, in milliseconds
/// @param history the finished epochs
/// @param firstKept the first epoch, counted from 1, whose weights may be kept; see [WeightConstraint#settled]
public record TrainingProgress(
        int epoch,
        int step,
        double lossSum,
        long hits,
        long seen,
        long millis,
        List<EpochResult> history,
        int firstKept) {
    /// Before the first step.
    static final TrainingProgress START = new TrainingProgress(0, 0, 0, 0, 0, 0, List.of(), 1);

    public TrainingProgress {
        Objects.requireNonNull(history, "history");
        history = List.copyOf(history);
    }

    TrainingProgress afterStep(double loss, int newHits, int images, long newMillis) {
        return new TrainingProgress(
                epoch, step + 1, lossSum + loss, hits + newHits, seen + images, millis + newMillis, history, firstKept);
    }

    TrainingProgress afterEpoch(EpochResult result) {
        var more = new ArrayList<>(history);
        more.add(result);
        return new TrainingProgress(epoch + 1, 0, 0, 0, 0, 0, more, firstKept);
    }

    TrainingProgress withFirstKept(int first) {
        return new TrainingProgress(epoch, step, lossSum, hits, seen, millis, history, first);
    }

    /// The mean loss of the epoch so far.
    public double loss() {
        return step == 0 ? 0 : lossSum / step;
    }

    /// The training accuracy of the epoch so far.
    public double top1() {
        return seen == 0 ? 0 : (double) hits / seen;
    }

    /// The epoch with the best validation so far among those that may be kept; 0 if there is none. The last one on a
    /// tie, as it has learned more: few validation photos cannot tell them apart.
    public int bestEpoch() {
        int best = 0;
        for (var result : kept()) {
            boolean isAsGood = best == 0 ? !Double.isNaN(result.top1()) : result.top1() >= bestTop1(best);
            best = isAsGood ? result.epoch() : best;
        }
        return best;
    }

    /// The first epoch that was as good as the best one; 0 if there is none. Patience counts from there.
    int lastImprovement() {
        double best = bestTop1();
        return kept().stream()
                .filter(result -> result.top1() == best)
                .findFirst()
                .map(EpochResult::epoch)
                .orElse(0);
    }

    private List<EpochResult> kept() {
        return history.subList(Math.min(firstKept - 1, history.size()), history.size());
    }

    /// The best epoch's top-1 accuracy on the validation images.
    public double bestTop1() {
        return bestTop1(bestEpoch());
    }

    private double bestTop1(int epoch) {
        return epoch == 0 ? 0 : history.get(epoch - 1).top1();
    }
}
