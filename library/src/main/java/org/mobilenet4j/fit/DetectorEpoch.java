package org.mobilenet4j.fit;

import java.util.Locale;
import org.mobilenet4j.train.EpochResult;

/// The result of an epoch of a detector's training.
///
/// @param epoch counted from 1
/// @param rate the learning rate at its end
/// @param loss the mean loss of its steps
/// @param halfPrecision mean average precision in validation, an overlap of half being enough (mAP@.50), from 0 to 1;
///     NaN where the epoch ended without a validation
/// @param precision COCO's: the mean over overlaps from 0.5 to 0.95
/// @param seconds how long it took
public record DetectorEpoch(
        int epoch, double rate, double loss, double halfPrecision, double precision, double seconds) {
    static DetectorEpoch of(EpochResult result) {
        return new DetectorEpoch(
                result.epoch(), result.rate(), result.loss(), result.top1(), result.top5(), result.seconds());
    }

    /// Such as `epoch 3: loss 0.412, mAP@.50 87.5 %, mAP 51.3 %, 12.3 s`.
    @Override
    public String toString() {
        var measured = Double.isNaN(halfPrecision)
                ? ""
                : String.format(Locale.ROOT, ", mAP@.50 %.1f %%, mAP %.1f %%", 100 * halfPrecision, 100 * precision);
        return String.format(Locale.ROOT, "epoch %d: loss %.3f%s, %.1f s", epoch, loss, measured, seconds);
    }
}
