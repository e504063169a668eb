package org.mobilenet4j.app.cli.compare;

import java.math.BigDecimal;
import java.util.Locale;
import org.mobilenet4j.app.cli.text.AlignedText;
import org.mobilenet4j.app.cli.text.LongText;
import org.mobilenet4j.app.cli.text.PlainText;

/// Formats a comparison for a terminal: the layers, then what to conclude.
final class ComparisonText {
    private ComparisonText() {}

    static String of(Comparison comparison) {
        var table = new AlignedText("lLrRrL", "layer of A", "layer of B", "difference", "largest", "share", "where");
        for (var layer : comparison.layers()) {
            table.row(
                    PlainText.of(layer.a()),
                    PlainText.of(layer.b()),
                    number(layer.largest()),
                    number(layer.magnitude()),
                    number(layer.share()),
                    PlainText.of(layer.where()) + (layer.equals(comparison.firstDifferent()) ? "  <- first" : ""));
        }
        return model("A", comparison.a())
                + model("B", comparison.b())
                + photos(comparison)
                + "\n"
                + table
                + "\n"
                + first(comparison)
                + answers(comparison);
    }

    private static String model(String letter, Comparison.Compared model) {
        return LongText.fitted(
                letter + "  ",
                PlainText.of(model.name() + ": " + model.network() + ", " + model.arithmetic() + " arithmetic, "
                        + model.outputs() + "; " + model.paired() + " of " + model.layers() + " layers are compared"));
    }

    private static String photos(Comparison comparison) {
        var own = comparison.a().preprocessing();
        var other = comparison.b().preprocessing();
        var ran = "both ran on " + comparison.inputs() + " " + comparison.inputsAre();
        var how = own.equals(other) ? "" : "; they go into A with " + own + ", into B with " + other;
        return LongText.fitted("", ran + how) + sizes(comparison);
    }

    private static String sizes(Comparison comparison) {
        var own = comparison.a().input();
        var other = comparison.b().input();
        return own.equals(other)
                ? ""
                : LongText.fitted(
                        "",
                        "the inputs differ in size, " + own + " in A and " + other
                                + " in B: layers are compared only where they are of the same size, and differ because"
                                + " of it");
    }

    private static String first(Comparison comparison) {
        var first = comparison.firstDifferent();
        var tolerance = BigDecimal.valueOf(comparison.tolerance()).toPlainString();
        if (first == null) {
            return "no layer differs by more than " + tolerance + " of its largest value\n";
        }
        var name = first.a().equals(first.b()) ? first.a() : first.a() + " (" + first.b() + " in B)";
        if (first.equals(comparison.layers().getFirst()) && isInput(first)) {
            return LongText.fitted(
                    "",
                    "the inputs differ already, by " + number(first.largest()) + " of " + number(first.magnitude())
                            + ": photos go in differently; --same-input compares the networks alone");
        }
        return PlainText.of("the first that differs by more than " + tolerance + " of its largest value: " + name
                        + ", by " + number(first.largest()) + " of " + number(first.magnitude()))
                + "\n";
    }

    private static boolean isInput(Comparison.LayerDifference layer) {
        return layer.a().equals(Comparison.INPUT) && layer.b().equals(Comparison.INPUT);
    }

    private static String answers(Comparison comparison) {
        var answers = comparison.answers();
        if (answers == null) {
            return "answers are not compared: A tells " + comparison.a().classes() + " classes apart, B "
                    + comparison.b().classes() + "\n";
        }
        return String.format(
                Locale.ROOT,
                "the same top-1 for %d of %d (%.1f %%); probabilities differ by up to %s%n",
                answers.sameTop1(),
                comparison.inputs(),
                answers.top1Agreement() * 100,
                number(answers.largestDifference()));
    }

    private static String number(double value) {
        return value == 0 ? "0" : String.format(Locale.ROOT, "%.3g", value);
    }
}
