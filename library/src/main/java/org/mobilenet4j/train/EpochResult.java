package org.mobilenet4j.train;

import java.util.Locale;
import org.mobilenet4j.error.BadValueException;

/// What came of one epoch.
///
/// @param epoch counted from 1
/// @param rate the learning rate at its end
/// @param loss mean over all steps, each before its change of the weights
/// @param trainTop1 share of the training images whose likeliest class was right, augmented and on the way
/// @param top1 share of the validation images whose likeliest class is right; NaN where the epoch was not validated
/// @param top5 share of the validation images whose class is among the five likeliest; NaN likewise
/// @param seconds that the epoch took, with its validation
public record EpochResult(
        int epoch, double rate, double loss, double trainTop1, double top1, double top5, double seconds) {
    /// The columns of [#csv].
    public static final String HEADER = "epoch,rate,loss,train_top1,top1,top5,seconds";

    private static final int COLUMNS = 7;

    /// One line of a table.
    public String csv() {
        return String.format(
                Locale.ROOT, "%d,%.6g,%.5f,%.5f,%.5f,%.5f,%.1f", epoch, rate, loss, trainTop1, top1, top5, seconds);
    }

    /// All digits, so that a resumed training compares epochs as an unbroken one does.
    String exact() {
        return epoch + "," + rate + "," + loss + "," + trainTop1 + "," + top1 + "," + top5 + "," + seconds;
    }

    /// Reads what [#exact] writes.
    ///
    /// @throws IllegalArgumentException when it is something else
    static EpochResult parse(String line) {
        var parts = line.split(",", -1);
        if (parts.length != COLUMNS) {
            throw new BadValueException("an epoch's line must be " + HEADER + ", not " + line);
        }
        var numbers = new double[COLUMNS];
        for (int i = 0; i < COLUMNS; i++) {
            numbers[i] = Double.parseDouble(parts[i]);
        }
        return new EpochResult(
                (int) numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5], numbers[6]);
    }
}
