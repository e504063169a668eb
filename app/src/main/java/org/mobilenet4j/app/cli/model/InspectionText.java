package org.mobilenet4j.app.cli.model;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.mobilenet4j.app.cli.text.AlignedText;
import org.mobilenet4j.app.cli.text.PlainText;

/// Formats an inspection for a terminal.
final class InspectionText {
    private InspectionText() {}

    static String of(Inspection model) {
        var preprocessing = model.preprocessing();
        var text = new StringBuilder();
        line(text, "file", model.file() + " (" + count(model.fileBytes()) + " bytes)");
        line(text, "network", model.network());
        var stored = model.stored();
        line(text, "input", dims(model.input()) + (stored == null ? "" : ", quantized as " + stored));
        line(text, "output", dims(model.output()));
        line(text, "labels", model.labels() == 0 ? "none" : count(model.labels()));
        line(text, "parameters", count(model.parameters()));
        line(text, "mult-adds", count(model.multAdds()));
        line(
                text,
                "activations",
                count(model.plannedActivationBytes()) + " bytes planned, " + count(model.peakActivationBytes())
                        + " minimum");
        line(
                text,
                "photos",
                "central crop " + preprocessing.crop() + ", resize " + preprocessing.resize() + ", mean "
                        + preprocessing.normalization().mean() + ", deviation "
                        + preprocessing.normalization().std());
        model.notes().forEach((key, note) -> line(text, key, note));
        return text.append('\n')
                .append(layers(model))
                .append('\n')
                .append(tensors(model))
                .toString();
    }

    private static AlignedText layers(Inspection model) {
        var table = new AlignedText(
                "llllrrl", "layer", "kind", "input", "output", "mult-adds", "parameters", "quantized as");
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
                "lllrrrrl", "tensor", "dims", "type", "min", "mean", "max", "not finite", "quantization");
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
        text.append(String.format(Locale.ROOT, "%-14s", PlainText.of(what)))
                .append(PlainText.of(value))
                .append('\n');
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
