package org.mobilenet4j.app.cli.train;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.mobilenet4j.app.cli.text.PlainText;
import org.mobilenet4j.data.DataSet;
import org.mobilenet4j.data.Repeated;
import org.mobilenet4j.data.Split;
import org.mobilenet4j.text.Count;

/// What is known of the photos before a training: a line of their numbers, and warnings.
///
/// @param train photos to learn from
/// @param validation photos to measure on
record SplitSummary(DataSet train, DataSet validation) {
    /// Of `split`.
    static SplitSummary of(Split split) {
        return new SplitSummary(split.train(), split.validation());
    }

    /// A class with this many times the photos of another is worth a word.
    private static final int UNEVEN = 10;

    void print(PrintWriter err) throws IOException {
        var counts = train.counts();
        int least = Arrays.stream(counts).min().orElse(0);
        int most = Arrays.stream(counts).max().orElse(0);
        err.println(counts.length + " classes, " + Count.of(train.size(), "photo") + " to learn from ("
                + (least == most ? "" : least + " to ") + most + " of a class), " + validation.size()
                + " to validate on");
        if (most >= UNEVEN * Math.max(1, least)) {
            int rarest = IntStream.range(0, counts.length)
                    .filter(i -> counts[i] == least)
                    .findFirst()
                    .orElse(0);
            warn(
                    err,
                    "classes are uneven: '" + train.labels().get(rarest) + "' has " + Count.of(least, "photo")
                            + ", another " + most
                            + "; rare classes are learned less well (train's --balanced weighs them, --per-class N evens them)");
        }
        var repeated = Repeated.of(train, validation);
        if (repeated.count() > 0) {
            warn(
                    err,
                    repeated.count() + " of the " + Count.of(validation.size(), "validation photo")
                            + (repeated.count() == 1 ? " is" : " are")
                            + " among those learned, byte for byte, which makes accuracy look better than it is; the"
                            + " first: " + repeated.first() + " is " + repeated.learned());
        }
        err.flush();
    }

    private static void warn(PrintWriter err, String sentence) {
        err.println("mobilenet: warning: " + PlainText.of(sentence));
    }
}
