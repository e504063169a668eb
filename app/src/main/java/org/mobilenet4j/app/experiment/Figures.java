package org.mobilenet4j.app.experiment;

import java.awt.Color;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.mobilenet4j.model.AtomicFile;

/// The paper's figures 4 and 5 of all MobileNets of a folder, each point the mean over the seeds, with
/// its standard deviation.
final class Figures {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 600;

    private Figures() {}

    /// Draws `figure4.png`, accuracy over mult-adds, and `figure5.png`, accuracy over parameters;
    /// nothing for a single network.
    static void write(List<Outcome> outcomes, Path folder) throws IOException {
        if (outcomes.size() < 2) {
            return;
        }
        write(
                chart(
                        "mult-adds",
                        outcomes,
                        Outcome::multAdds,
                        outcome -> "alpha " + outcome.arm().alpha()),
                folder.resolve("figure4.png"));
        write(
                chart(
                        "parameters",
                        outcomes,
                        Outcome::parameters,
                        outcome -> outcome.arm().resolution() + " x "
                                + outcome.arm().resolution()),
                folder.resolve("figure5.png"));
    }

    private static void write(XYChart chart, Path file) throws IOException {
        try {
            var picture = BitmapEncoder.getBufferedImage(chart);
            AtomicFile.write(file, channel -> ImageIO.write(picture, "png", Channels.newOutputStream(channel)));
        } catch (InternalError | NoClassDefFoundError e) { // how the JDK says that the system has no fonts
            throw new IOException(file + ": drawing needs a font; install fontconfig and one", e);
        }
    }

    private static XYChart chart(
            String cost, List<Outcome> outcomes, ToLongFunction<Outcome> x, Function<Outcome, String> group) {
        var chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .xAxisTitle(cost + " in millions, logarithmic")
                .yAxisTitle("top-1 of the validation photos, %")
                .build();
        var styler = chart.getStyler();
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setLegendPosition(Styler.LegendPosition.InsideSE);
        styler.setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
        // A logarithmic axis of the library has names for powers of ten alone, of which there are too few here.
        styler.setxAxisTickLabelsFormattingFunction(
                doublings -> String.format(Locale.ROOT, "%.3g", Math.pow(2, doublings)));
        groups(outcomes, group)
                .forEach((name, members) -> chart.addSeries(
                        name,
                        members.stream()
                                .mapToDouble(member -> doublings(x.applyAsLong(member) / 1e6))
                                .toArray(),
                        members.stream()
                                .mapToDouble(member -> member.spread().mean())
                                .toArray(),
                        members.stream().mapToDouble(Figures::bar).toArray()));
        return chart;
    }

    private static double doublings(double millions) {
        return Math.log(millions) / Math.log(2);
    }

    private static double bar(Outcome outcome) {
        var spread = outcome.spread();
        return spread.count() > 1 ? spread.deviation() : 0;
    }

    private static Map<String, List<Outcome>> groups(List<Outcome> outcomes, Function<Outcome, String> group) {
        var groups = new TreeMap<String, List<Outcome>>();
        outcomes.forEach(outcome -> groups.computeIfAbsent(group.apply(outcome), _ -> new ArrayList<>())
                .add(outcome));
        return groups.descendingMap();
    }
}
