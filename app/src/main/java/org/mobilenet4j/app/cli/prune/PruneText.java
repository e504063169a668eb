package org.mobilenet4j.app.cli.prune;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.app.cli.text.AlignedText;
import org.mobilenet4j.app.cli.text.FileSizes;

/// Formats the report of `prune` as text.
final class PruneText {
    private PruneText() {}

    static String of(PruneReport report) {
        var text = new StringBuilder();
        text.append(report.technique()).append('\n').append('\n');
        text.append(layers(report)).append('\n');
        text.append(sides(report)).append('\n');
        text.append(sizes(report.bytes())).append('\n');
        return text.append(String.format(Locale.ROOT, "%s: %,d bytes%n", report.model(), report.fileBytes()))
                .toString();
    }

    private static String layers(PruneReport report) {
        var table = new AlignedText("lrrrr", "layer", "channels", "left", "zeros", "values");
        for (var layer : report.layers()) {
            table.row(
                    layer.name(),
                    String.valueOf(layer.channels()),
                    String.valueOf(layer.channelsAfter()),
                    percent(layer.sparsity()),
                    String.format(Locale.ROOT, "%,d", layer.values()));
        }
        return table.toString();
    }

    private static String sides(PruneReport report) {
        var table = new AlignedText("lrrrrr", "", "mult-adds", "parameters", "zeros", "top-1", "top-5");
        row(table, "before", report.before());
        row(table, "pruned", report.pruned());
        row(table, "after", report.after());
        return table.toString();
    }

    private static void row(AlignedText table, String name, PruneReport.Side side) {
        table.row(
                name,
                String.format(Locale.ROOT, "%,d", side.multAdds()),
                String.format(Locale.ROOT, "%,d", side.parameters()),
                percent(side.sparsity()),
                percent(side.top1()),
                percent(side.top5()));
    }

    private static String sizes(FileSizes sizes) {
        var table = new AlignedText("lrr", "form", "bytes", "of float32");
        row(table, "float32", sizes.float32(), sizes);
        row(table, "float16", sizes.float16(), sizes);
        row(table, "int8 (calculated)", sizes.int8(), sizes);
        row(table, "float32, zipped", sizes.deflated(), sizes);
        row(table, "packed (.mnz)", sizes.packed(), sizes);
        row(table, "packed, --float16", sizes.packed16(), sizes);
        return table.toString();
    }

    private static void row(AlignedText table, String form, long bytes, FileSizes sizes) {
        table.row(form, String.format(Locale.ROOT, "%,d", bytes), percent((double) bytes / sizes.float32()));
    }

    private static String percent(@Nullable Double share) {
        return share == null ? "" : String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }
}
