package org.mobilenet4j.app.cli.cost;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.mobilenet4j.app.cli.text.AlignedText;
import org.mobilenet4j.app.cli.text.Bar;
import org.mobilenet4j.cost.Cost;
import org.mobilenet4j.cost.Kind;
import org.mobilenet4j.cost.LayerCost;

/// Formats the cost of a network, or of several networks side by side, as text.
public final class CostText {
    /// Kinds listed in the table of layers; the others have no mult-adds and no weights.
    private static final Set<Kind> LISTED =
            Set.of(Kind.STANDARD, Kind.DEPTHWISE, Kind.POINTWISE, Kind.DENSE, Kind.POOLING);

    /// Length of the bar of the layer with the most mult-adds.
    private static final int BAR = 16;

    private CostText() {}

    static String network(Cost cost) {
        var network = cost.network();
        return network.name() + ": " + network.input() + " -> " + network.output() + "\n\n" + layers(cost) + "\n"
                + kinds(cost) + "\n" + totals(cost);
    }

    private static AlignedText layers(Cost cost) {
        var table = new AlignedText(
                "lllrRLrRR", "layer", "kind", "output", "mult-adds", "share", "", "weights", "share", "output");
        long all = cost.multAdds();
        long weights = cost.parameters().weights();
        long most = cost.layers().stream().mapToLong(LayerCost::multAdds).max().orElse(0);
        for (var layer : cost.layers()) {
            if (LISTED.contains(layer.kind())) {
                table.row(
                        layer.name(),
                        layer.kind().label(),
                        layer.output().toString(),
                        count(layer.multAdds()),
                        share(layer.multAdds(), all),
                        bar(layer.multAdds(), most),
                        count(layer.parameters().weights()),
                        share(layer.parameters().weights(), weights),
                        bytes(layer.outputBytes()));
            }
        }
        table.rule();
        long unlisted = cost.layers().stream()
                .filter(layer -> !LISTED.contains(layer.kind()))
                .count();
        if (unlisted > 0) {
            table.row(unlisted + " others", "", "", "0", "-", "", "0", "-", "");
        }
        table.row("all", "", "", count(all), share(all, all), "", count(weights), share(weights, weights), "");
        return table;
    }

    private static AlignedText kinds(Cost cost) {
        var table = new AlignedText("lrrRrRr", "kind", "layers", "mult-adds", "share", "weights", "share", "trainable");
        cost.byKind()
                .forEach((kind, total) -> table.row(
                        kind.label(),
                        count(total.layers()),
                        count(total.multAdds()),
                        share(total.multAdds(), cost.multAdds()),
                        count(total.parameters().weights()),
                        share(total.parameters().weights(), cost.parameters().weights()),
                        count(total.parameters().trainable())));
        return table;
    }

    private static String totals(Cost cost) {
        var parameters = cost.parameters();
        var table = new AlignedText("lrl", "in all", "", "");
        table.row("mult-adds", count(cost.multAdds()), "convolutions and dense layers, as in the paper");
        table.row("parameters", count(parameters.trainable()), "trainable, with biases and batch normalization");
        table.row("", count(parameters.weights()), "weights only, as in the paper");
        table.row("", count(parameters.withStatistics()), "with moving statistics, as in Keras");
        table.row(
                "activations",
                bytes(cost.memory().peakBytes()),
                "peak, in " + cost.memory().peakLayer() + ", as float32");
        return table.toString();
    }

    static String compare(List<Cost> costs) {
        var first = costs.getFirst();
        var table = new AlignedText(
                "lrRrRrRL", "network", "mult-adds", "", "weights", "", "trainable", "activations", "peak in");
        for (var cost : costs) {
            table.row(
                    cost.network().name(),
                    count(cost.multAdds()),
                    times(cost.multAdds(), first.multAdds()),
                    count(cost.parameters().weights()),
                    times(cost.parameters().weights(), first.parameters().weights()),
                    count(cost.parameters().trainable()),
                    bytes(cost.memory().peakBytes()),
                    cost.memory().peakLayer());
        }
        var kinds = new AlignedText("lrrrr", "share of mult-adds", "standard", "depthwise", "pointwise", "dense");
        for (var cost : costs) {
            kinds.row(
                    cost.network().name(),
                    share(cost, Kind.STANDARD),
                    share(cost, Kind.DEPTHWISE),
                    share(cost, Kind.POINTWISE),
                    share(cost, Kind.DENSE));
        }
        return table + "\n" + kinds;
    }

    private static String share(Cost cost, Kind kind) {
        return share(cost.total(kind).multAdds(), cost.multAdds());
    }

    public static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    static String share(long part, long whole) {
        return part == 0 ? "-" : String.format(Locale.ROOT, "%.2f %%", 100.0 * part / whole);
    }

    private static String times(long value, long measure) {
        return measure == 0 ? "-" : String.format(Locale.ROOT, "x%.2f", (double) value / measure);
    }

    private static String bytes(long bytes) {
        return bytes < 1 << 20
                ? String.format(Locale.ROOT, "%.1f KiB", bytes / 1024.0)
                : String.format(Locale.ROOT, "%.2f MiB", bytes / 1048576.0);
    }

    private static String bar(long value, long most) {
        return most == 0 ? "" : Bar.of((double) value / most, BAR, false);
    }
}
