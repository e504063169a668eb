package org.mobilenet4j.app.cli.benchmark;

import java.util.Locale;
import org.mobilenet4j.app.cli.cost.CostText;
import org.mobilenet4j.app.cli.text.AlignedText;
import org.mobilenet4j.app.cli.text.Bar;
import org.mobilenet4j.app.cli.text.LongText;
import org.mobilenet4j.app.cli.text.PlainText;

/// Formats a benchmark for a terminal.
final class BenchmarkText {
    /// Length of the bar of the slowest layer.
    private static final int BAR = 12;

    private BenchmarkText() {}

    static String of(Benchmark benchmark, boolean blocks) {
        var host = benchmark.host();
        var profile = benchmark.profile();
        return LongText.fitted(
                        "",
                        benchmark.network() + ", weights: " + PlainText.of(benchmark.weights()) + ", "
                                + CostText.count(benchmark.multAdds()) + " mult-adds per image")
                + LongText.fitted(
                        "",
                        count(benchmark.batch(), "image") + " per batch on " + count(benchmark.threads(), "thread")
                                + ", " + benchmark.kernels() + ", " + benchmark.arithmetic() + " arithmetic")
                + LongText.fitted(
                        "",
                        host.os() + ", " + host.architecture() + ", " + count(host.processors(), "processor") + ", "
                                + host.jvm())
                + (benchmark.kernels().equals(host.machineCode()) ? "" : host.machineCode() + "\n") + "\n"
                + latency(benchmark)
                + (profile == null ? "" : "\n" + profile(profile, blocks));
    }

    private static AlignedText latency(Benchmark benchmark) {
        var table = new AlignedText("rrrrrrr", "runs", "min ms", "median ms", "p90 ms", "p99 ms", "images/s", "GF/s");
        table.row(
                CostText.count(benchmark.runs()),
                millis(benchmark.minMillis()),
                millis(benchmark.medianMillis()),
                millis(benchmark.p90Millis()),
                millis(benchmark.p99Millis()),
                tenths(benchmark.imagesPerSecond()),
                tenths(benchmark.gigaflops()));
        return table;
    }

    private static String profile(LayerProfile profile, boolean blocks) {
        var table = new AlignedText(
                "lLrrLrRrL", "layer", "kind", "median ms", "share", "", "GF/s", "bound", "reached", "bound by");
        double most = profile.layers().stream()
                .mapToDouble(LayerProfile.Layer::share)
                .max()
                .orElse(1);
        for (var layer : profile.layers()) {
            table.row(
                    PlainText.of(layer.name()),
                    layer.kind(),
                    millis(layer.medianMillis()),
                    percent(layer.share()),
                    Bar.of(layer.share() / most, BAR, blocks),
                    layer.multAdds() == 0 ? "-" : tenths(layer.gigaflops()),
                    layer.multAdds() == 0 ? "-" : tenths(layer.boundGigaflops()),
                    layer.bytes() == 0 ? "-" : percent(layer.reached()),
                    layer.bytes() == 0 ? "-" : layer.boundBy());
        }
        table.rule();
        table.row(
                "all",
                "",
                millis(profile.medianMillis()),
                percent(1),
                "",
                "",
                "",
                percent(profile.boundMillis() / profile.medianMillis()),
                "");
        var heading = String.format(
                Locale.ROOT,
                "Layer by layer on one thread, which can do %.1f GF/s and read %.1f GB/s (%s):",
                profile.peakGigaflops(),
                profile.gigabytesPerSecond(),
                count(profile.runs(), "run"));
        return LongText.fitted("", heading) + table;
    }

    private static String count(int number, String what) {
        return CostText.count(number) + " " + what + (number == 1 ? "" : "s");
    }

    private static String millis(double millis) {
        return String.format(Locale.ROOT, "%.3f", millis);
    }

    private static String tenths(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * 100);
    }
}
