package org.mobilenet4j.train;

import java.util.Locale;
import org.mobilenet4j.error.BadValueException;

/// The result of one epoch.
///
/// @param epoch counted from 1
/// @param rate the learning rate at its end
/// @param loss mean over all steps, each measured before its weight update
/// @param trainTop1 top-1 accuracy on the augmented training images, measured during training
/// @param top1 top-1 accuracy on the validation images; NaN if the epoch was not validated
/// @param top5 top-5 accuracy on the validation images; NaN if the epoch was not validated
/// @param seconds duration of the epoch, including its validation
public record EpochResult(
        int epoch, double rate, double loss, double trainTop1, double top1, double top5, double seconds) {
    /// The columns of [#csv].
    public static final String HEADER = "epoch,rate,loss,train_top1,top1,top5,seconds";

    private static final int COLUMNS = 7;

    /// One line of CSV.
    public String csv() {
        return String.format(
                Locale.ROOT, "%d,%.6g,%.5f,%.5f,%.5f,%.5f,%.1f", epoch, rate, loss, trainTop1, top1, top5, seconds);
    }

    /// Such as `epoch 3: loss 0.412, top-1 87.5 %, 12.3 s`, the accuracy in validation.
    @Override
    public String toString() {
        var accuracy = Double.isNaN(top1) ? "" : String.format(Locale.ROOT, ", top-1 %.1f %%", 100 * top1);
        return String.format(Locale.ROOT, "epoch %d: loss %.3f%s, %.1f s", epoch, loss, accuracy, seconds);
    }

    /// With all digits, so that a resumed run compares epochs exactly as an uninterrupted one does.
    String exact() {
        return epoch + "," + rate + "," + loss + "," + trainTop1 + "," + top1 + "," + top5 + "," + seconds;
    }

    /// Parses the output of [#exact].
    ///
    /// @throws IllegalArgumentException if `line` is anything else
    static EpochResult parse(String line) {
        var parts = line.split(",", -1);
        if (parts.length != COLUMNS) {
            throw new BadValueException("an epoch's line must have the columns " + HEADER + ", not " + line);
        }
        var numbers = new double[COLUMNS];
        for (int i = 0; i < COLUMNS; i++) {
            numbers[i] = Double.parseDouble(parts[i]);
        }
        return new EpochResult(
                (int) numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5], numbers[6]);
    }
}
