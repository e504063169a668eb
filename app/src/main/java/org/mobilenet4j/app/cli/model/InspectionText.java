package org.mobilenet4j.app.cli.model;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.mobilenet4j.app.cli.text.AlignedText;
import org.mobilenet4j.app.cli.text.LongText;
import org.mobilenet4j.app.cli.text.PlainText;
import org.mobilenet4j.app.cli.text.Terminal;

/// Formats an inspection for a terminal.
final class InspectionText {
    /// How much of a note the summary shows.
    private static final int NOTE = 48;

    private InspectionText() {}

    /// What the model is, expects, answers and costs, and what was assumed, in ten lines.
    static String summary(Inspection model) {
        var text = new StringBuilder();
        line(text, "file", model.file() + " (" + count(model.fileBytes()) + " bytes)");
        line(
                text,
                "network",
                model.network() + ", " + plural(model.layers().size(), "layer") + ", weights in " + types(model));
        var stored = model.stored();
        line(
                text,
                "expects",
                dims(model.input()) + " " + colors(model) + (stored == null ? "" : ", stored as " + stored));
        line(text, "photos", model.preprocessing().text());
        line(text, "answers", answers(model));
        line(text, "labels", labels(model));
        line(
                text,
                "costs",
                count(model.parameters()) + " parameters, " + count(model.multAdds()) + " mult-adds an image");
        line(
                text,
                "activations",
                count(model.plannedActivationBytes()) + " bytes planned, " + count(model.peakActivationBytes())
                        + " minimum");
        line(text, "assumed", model.assumed().isEmpty() ? "nothing" : notes(model.assumed(), Integer.MAX_VALUE));
        var others = new TreeMap<>(model.notes());
        others.keySet().removeAll(model.assumed().keySet());
        line(text, "notes", others.isEmpty() ? "none" : notes(others, NOTE));
        return text.toString();
    }

    /// Every note in full, every layer and every tensor.
    static String details(Inspection model) {
        var text = new StringBuilder("\n");
        model.notes().forEach((key, note) -> line(text, key, note));
        return text.append('\n')
                .append(layers(model))
                .append('\n')
                .append(tensors(model))
                .toString();
    }

    private static String types(Inspection model) {
        return model.tensors().stream()
                .map(TensorSummary::type)
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static String colors(Inspection model) {
        return switch (model.input().getLast()) {
            case 1 -> "gray";
            case 3 -> model.preprocessing().channels();
            default -> "which is no photo";
        };
    }

    private static String answers(Inspection model) {
        var values = model.output().getFirst() * model.output().get(1) == 1
                ? plural(model.output().getLast(), "value")
                : dims(model.output()) + " values";
        var meaning = model.classes() == 2 && model.output().getLast() == 1
                ? ", " + model.outputs() + " for the second of two classes"
                : ", " + model.outputs();
        return values + meaning + " (" + model.outputsReason() + ")";
    }

    private static String labels(Inspection model) {
        if (model.labels() == 0) {
            return "none" + (model.classes() == 0 ? "" : "; --label-names gives them");
        }
        return count(model.labels()) + ": " + String.join(", ", model.labelNames())
                + (model.labels() > model.labelNames().size() ? ", ..." : "");
    }

    private static String notes(Map<String, String> notes, int length) {
        return notes.entrySet().stream()
                .map(note -> note.getKey() + ": "
                        + (note.getValue().length() <= length
                                ? note.getValue()
                                : note.getValue().substring(0, length) + "..."))
                .collect(Collectors.joining("; "));
    }

    private static String plural(long number, String what) {
        return count(number) + " " + what + (number == 1 ? "" : "s");
    }

    private static AlignedText layers(Inspection model) {
        var table = new AlignedText(
                "lLllrrL", "layer", "kind", "input", "output", "mult-adds", "parameters", "quantized as");
        for (var layer : model.layers()) {
            table.row(
                    PlainText.of(layer.name()),
                    layer.kind(),
                    dims(layer.input()),
                    dims(layer.output()),
                    count(layer.multAdds()),
                    count(layer.parameters()),
                    layer.stored() == null ? "" : layer.stored().toString());
        }
        return table;
    }

    private static AlignedText tensors(Inspection model) {
        var table = new AlignedText(
                "lllrRrRL", "tensor", "dims", "type", "min", "mean", "max", "not finite", "quantization");
        for (var tensor : model.tensors()) {
            table.row(
                    PlainText.of(tensor.name()),
                    dims(tensor.dims()),
                    tensor.type(),
                    number(tensor.min()),
                    number(tensor.mean()),
                    number(tensor.max()),
                    tensor.nonFinite() == 0 ? "" : String.valueOf(tensor.nonFinite()),
                    tensor.scales() == null ? "" : tensor.scales());
        }
        return table;
    }

    private static void line(StringBuilder text, String what, String value) {
        var start = String.format(Locale.ROOT, "%-14s", PlainText.of(what));
        int width = Terminal.OUT.isThere() ? Terminal.columns(Integer.MAX_VALUE) : Integer.MAX_VALUE;
        text.append(LongText.wrapped(start, PlainText.of(value), start.length(), width, ""));
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String dims(List<Integer> dims) {
        return dims.stream().map(String::valueOf).collect(Collectors.joining("x"));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4g", value);
    }
}
