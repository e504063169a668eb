package org.mobilenet4j.app.cli.train;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.train.EpochResult;

/// The result of a detector's training for JSON, see [TrainingReport.Result]. `map50` is mean average precision with an
/// overlap of half being enough, `map` COCO's; null in the history where an epoch ended without a validation.
record DetectorResult(
        String model,
        boolean finished,
        int epochs,
        int bestEpoch,
        double map50,
        double map,
        int unreadable,
        int unvalidated,
        List<Epoch> history) {
    /// An epoch.
    record Epoch(
            int epoch,
            double rate,
            double loss,
            @Nullable Double map50,
            @Nullable Double map,
            double seconds) {
        static Epoch of(EpochResult result) {
            return new Epoch(
                    result.epoch(),
                    result.rate(),
                    result.loss(),
                    orNull(result.top1()),
                    orNull(result.top5()),
                    result.seconds());
        }

        private static @Nullable Double orNull(double precision) {
            return Double.isNaN(precision) ? null : precision;
        }
    }

    static DetectorResult of(TrainingReport.Result result) {
        return new DetectorResult(
                result.model(),
                result.finished(),
                result.epochs(),
                result.bestEpoch(),
                result.top1(),
                result.top5(),
                result.unreadable(),
                result.unvalidated(),
                result.history().stream().map(Epoch::of).toList());
    }
}
