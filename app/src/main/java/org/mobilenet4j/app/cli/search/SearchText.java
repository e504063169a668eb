package org.mobilenet4j.app.cli.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.app.cli.cost.CostText;
import org.mobilenet4j.app.cli.text.AlignedText;
import org.mobilenet4j.app.cli.text.LongText;
import org.mobilenet4j.search.Resource;

/// Formats a search as text.
final class SearchText {
    private static final double MEBI = 1 << 20;
    private static final String COLUMNS = "lrrRrR";

    private SearchText() {}

    static String of(SearchResult result) {
        var latency = result.latency();
        boolean timed = latency != null;
        boolean measured = latency != null && latency.candidates() > 0;
        var heading = new ArrayList<>(List.of("network", "top-1 %", "mult-adds", "parameters", "file", "memory"));
        if (timed) {
            heading.add("ms");
        }
        if (measured) {
            heading.add("measured");
        }
        heading.add("");
        var table = new AlignedText(
                COLUMNS + "r".repeat(heading.size() - 1 - COLUMNS.length()) + "l", heading.toArray(String[]::new));
        for (var row : result.networks()) {
            var cells = new ArrayList<>(List.of(
                    row.name(),
                    String.format(Locale.ROOT, "%.1f", 100 * row.top1()),
                    CostText.count(row.multAdds()),
                    CostText.count(row.parameters()),
                    bytes(row.fileBytes()),
                    bytes(row.memoryBytes())));
            if (timed) {
                cells.add(millis(row.millis()));
            }
            if (measured) {
                cells.add(millis(row.measuredMillis()));
            }
            cells.add(remark(result, row));
            table.row(cells.toArray(String[]::new));
        }
        return LongText.fitted(
                        "",
                        "Accuracy " + result.accuracy() + "; front: no network is as accurate with fewer "
                                + result.by())
                + "\n" + table + "\n" + best(result) + errors(latency);
    }

    private static String remark(SearchResult result, SearchResult.Row row) {
        if (row.name().equals(result.best())) {
            return "<- best";
        }
        return !row.fits() ? "beyond the limits" : row.front() ? "front" : "";
    }

    private static String best(SearchResult result) {
        var limits = result.limits().entrySet().stream()
                .map(limit -> amount(limit.getValue(), limit.getKey()))
                .collect(Collectors.joining(", "));
        return LongText.fitted("", "best" + (limits.isEmpty() ? "" : " with at most " + limits) + ": " + result.best());
    }

    /// Such as `150,000,000 mult-adds`.
    static String amount(double value, String resource) {
        boolean isWhole = value == Math.rint(value);
        var number = String.format(Locale.ROOT, isWhole ? "%,.0f" : "%,.3f", value);
        boolean areBytes = resource.equals(Resource.FILE_SIZE.label()) || resource.equals(Resource.MEMORY.label());
        return number + (areBytes ? " bytes of " : " ") + resource;
    }

    private static String errors(SearchResult.@Nullable LatencyErrors errors) {
        if (errors == null) {
            return "";
        }
        var text = String.format(
                Locale.ROOT,
                "%nms: predicted for %d thread%s from the layers of %d other networks, just measured. When each of"
                        + " them%n"
                        + "is left out of the fit, the error is %.1f %% on average and %.1f %% at most.%n",
                errors.threads(),
                errors.threads() == 1 ? "" : "s",
                errors.networks().size(),
                100 * errors.mean(),
                100 * errors.largest());
        return errors.candidates() == 0
                ? text
                : text
                        + String.format(
                                Locale.ROOT,
                                "On the %d networks of the table, measured as well, it is %.1f %% on average and"
                                        + " %.1f %% at most.%n",
                                errors.candidates(),
                                100 * errors.candidateMean(),
                                100 * errors.candidateLargest());
    }

    private static String millis(@Nullable Double millis) {
        return millis == null ? "" : String.format(Locale.ROOT, "%.3f", millis);
    }

    private static String bytes(long bytes) {
        return String.format(Locale.ROOT, "%.2f MiB", bytes / MEBI);
    }
}
