package org.mobilenet4j.app.cli.quantize;

import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.app.cli.text.AlignedText;
import org.mobilenet4j.app.cli.train.TrainingReport;
import org.mobilenet4j.compress.quantize.LayerError;
import org.mobilenet4j.text.Count;
import org.mobilenet4j.train.Validation;

/// Formats a [QuantizationReport] as text.
final class QuantizationText {
    private static final int WORST = 3;

    private QuantizationText() {}

    static String of(QuantizationReport report) {
        var text = new StringBuilder(String.format(
                Locale.ROOT,
                "%s: %,d bytes, %.1f %% of the %,d of the float32 weights; calibrated on %s%n",
                report.out(),
                report.bytes(),
                100.0 * report.bytes() / report.floatBytes(),
                report.floatBytes(),
                Count.of(report.photos(), "photo")));
        text.append(TrainingReport.text(report.unreadable(), "calibration photo"));
        var accuracy = report.accuracy();
        if (accuracy != null) {
            text.append('\n').append(table(accuracy));
        }
        var detections = report.detections();
        if (detections != null) {
            text.append(String.format(
                    Locale.ROOT,
                    "%nof %s that the floats find on %s with a score of 0.3 or more, the integers find %,d;"
                            + " they find %,d others%n",
                    Count.of(detections.expected(), "object"),
                    Count.of(detections.photos(), "photo"),
                    detections.found(),
                    detections.others()));
        }
        text.append('\n').append(layers(report));
        return text.append(worst(report)).toString();
    }

    private static String table(QuantizationReport.Accuracy accuracy) {
        var table = new AlignedText("lrr", Count.of(accuracy.images(), "photo"), "top-1 %", "top-5 %");
        row(table, "float32", accuracy.floats());
        row(table, "float32, equalized", accuracy.equalized());
        row(table, "int8", accuracy.quantized());
        row(table, "int8, trained", accuracy.trained());
        return table
                + (accuracy.unreadable() == 0
                        ? ""
                        : Count.of(accuracy.unreadable(), "validation photo") + " could not be read\n");
    }

    private static void row(AlignedText table, String what, @Nullable Validation validation) {
        if (validation != null) {
            table.row(what, percent(validation.top1(), 2), percent(validation.top5(), 2));
        }
    }

    private static String layers(QuantizationReport report) {
        var table = new AlignedText("lrrr", "layer", "weights dB", "output dB", "changed %");
        for (var layer : report.layers()) {
            table.row(
                    layer.layer(),
                    String.format(Locale.ROOT, "%.1f", layer.weightDecibels()),
                    String.format(Locale.ROOT, "%.1f", layer.outputDecibels()),
                    percent(layer.changed(), 1));
        }
        return table.toString();
    }

    private static String worst(QuantizationReport report) {
        var worst = report.layers().stream()
                .filter(layer -> layer.changed() > 0)
                .sorted(Comparator.comparingDouble(LayerError::changed).reversed())
                .limit(WORST)
                .map(LayerError::layer)
                .collect(Collectors.joining(", "));
        return worst.isEmpty()
                ? "quantizing the kernel of any one layer changes no prediction\n"
                : "quantizing the kernel of these layers changes the most predictions: " + worst + "\n";
    }

    private static String percent(double share, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", 100 * share);
    }
}
