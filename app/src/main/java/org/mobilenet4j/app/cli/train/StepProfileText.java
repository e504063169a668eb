package org.mobilenet4j.app.cli.train;

import java.util.List;
import java.util.Locale;
import org.mobilenet4j.app.cli.text.AlignedText;
import org.mobilenet4j.app.cli.text.Bar;
import org.mobilenet4j.app.cli.text.LongText;
import org.mobilenet4j.app.cli.text.PlainText;

/// Formats the profile of a training step for a terminal.
final class StepProfileText {
    /// Length of the bar of the longest pass.
    private static final int BAR = 12;

    /// Passes of a layer with a smaller share of the step are added up in one line.
    private static final double LEAST_SHARE = 0.002;

    private StepProfileText() {}

    static String of(StepProfile profile, boolean blocks) {
        var step = String.format(
                Locale.ROOT,
                "%s, a step of %d images on %d threads: %.2f ms, %.0f images/s (median of %d steps)",
                PlainText.of(profile.network()),
                profile.batch(),
                profile.threads(),
                profile.medianMillis(),
                profile.imagesPerSecond(),
                profile.steps());
        var machine = String.format(
                Locale.ROOT,
                "The threads can do %.1f GF/s and read %.1f GB/s of as many bytes as a batch's maps have.",
                profile.peakGigaflops(),
                profile.gigabytesPerSecond());
        return LongText.fitted("", step)
                + LongText.fitted("", machine)
                + "\nPass by pass, all layers together:\n"
                + totals(profile, blocks)
                + "\nLayer by layer:\n"
                + layers(profile, blocks);
    }

    private static AlignedText totals(StepProfile profile, boolean blocks) {
        var table =
                new AlignedText("llrrLrRrL", "phase", "pass", "ms", "share", "", "GF/s", "GB/s", "reached", "bound by");
        double most = most(profile.totals());
        profile.totals()
                .forEach(row -> table.row(
                        row.phase(),
                        row.pass(),
                        millis(row.medianMillis()),
                        percent(row.share()),
                        Bar.of(row.share() / most, BAR, blocks),
                        rate(row.gigaflops()),
                        rate(row.gigabytes()),
                        row.reached() == 0 ? "-" : percent(row.reached()),
                        row.boundBy().isEmpty() ? "-" : row.boundBy()));
        return table;
    }

    private static AlignedText layers(StepProfile profile, boolean blocks) {
        var table = new AlignedText(
                "lllrrLrRRL", "layer", "phase", "pass", "ms", "share", "", "GF/s", "GB/s", "reached", "bound by");
        var shown = profile.passes().stream()
                .filter(row -> row.share() >= LEAST_SHARE)
                .toList();
        double most = most(shown);
        String layer = "";
        for (var row : shown) {
            table.row(
                    layer.equals(row.layer()) ? "" : PlainText.of(row.layer()),
                    row.phase(),
                    row.pass(),
                    millis(row.medianMillis()),
                    percent(row.share()),
                    Bar.of(row.share() / most, BAR, blocks),
                    rate(row.gigaflops()),
                    rate(row.gigabytes()),
                    row.reached() == 0 ? "-" : percent(row.reached()),
                    row.boundBy().isEmpty() ? "-" : row.boundBy());
            layer = row.layer();
        }
        table.rule();
        double listed =
                shown.stream().mapToDouble(StepProfile.Row::medianMillis).sum();
        table.row(
                "",
                "",
                profile.passes().size() - shown.size() + " shorter ones",
                millis(profile.medianMillis() - listed),
                percent(1 - listed / profile.medianMillis()),
                "",
                "",
                "",
                "",
                "");
        return table;
    }

    private static double most(List<StepProfile.Row> rows) {
        return rows.stream().mapToDouble(StepProfile.Row::share).max().orElse(1);
    }

    private static String rate(double value) {
        return value == 0 ? "-" : String.format(Locale.ROOT, "%.1f", value);
    }

    private static String millis(double millis) {
        return String.format(Locale.ROOT, "%.3f", millis);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * 100);
    }
}
