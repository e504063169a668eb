package org.mobilenet4j.app.cli.cost;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mobilenet4j.app.cli.text.AlignedText;
import org.mobilenet4j.app.cli.text.LongText;
import org.mobilenet4j.app.cli.text.Terminal;
import org.mobilenet4j.cost.BodyTable;
import org.mobilenet4j.cost.Figure;
import org.mobilenet4j.cost.PaperTable;

/// Formats the published tables as text: our exact figures beside the printed ones, with a mark where they differ by
/// more than rounding and the reason below.
final class CostTablesText {
    private static final int LINE = 100;

    private CostTablesText() {}

    static String of(CostTables tables) {
        var parts = new ArrayList<String>();
        if (tables.body() != null) {
            parts.add(body(tables.body()));
        }
        tables.others().forEach(table -> parts.add(table(table)));
        return String.join("\n\n", parts);
    }

    private static String body(BodyTable body) {
        var table = new AlignedText(
                "lllLrr", "layer", "type / stride", "filter shape", "input size", "mult-adds", "weights");
        for (var row : body.rows()) {
            table.row(
                    row.layer(),
                    row.type(),
                    row.filter(),
                    row.input().toString(),
                    CostText.count(row.multAdds()),
                    CostText.count(row.weights()));
        }
        return "Table 1. " + BodyTable.TITLE + "\n\n" + table + remarks(body.notes());
    }

    private static String table(PaperTable table) {
        var notes = new ArrayList<String>();
        boolean hasAccuracy =
                table.rows().stream().anyMatch(row -> row.accuracy().isPresent());
        var text = hasAccuracy
                ? new AlignedText("lRrrlrrl", "", "top-1", "mult-adds", "printed", "", "parameters", "printed", "")
                : new AlignedText("lrrlrrl", "", "mult-adds", "printed", "", "parameters", "printed", "");
        for (var row : table.rows()) {
            var cells = new ArrayList<String>();
            cells.add(row.label());
            if (hasAccuracy) {
                cells.add(String.format(Locale.ROOT, "%.1f %%", row.accuracy().orElseThrow()));
            }
            addFigure(cells, row.multAdds(), notes);
            addFigure(cells, row.parameters(), notes);
            text.row(cells.toArray(String[]::new));
        }
        var numbered = new StringBuilder();
        for (int i = 0; i < notes.size(); i++) {
            numbered.append(wrap(mark(i) + " ", notes.get(i)));
        }
        String id = table.id();
        String name = Character.isDigit(id.charAt(0)) ? "Table " + id + ". " : "";
        return name + table.title() + "\n\n" + text + (numbered.isEmpty() ? "" : "\n" + numbered)
                + remarks(table.remarks());
    }

    private static void addFigure(List<String> cells, Figure figure, List<String> notes) {
        boolean percent = figure.unit() == Figure.Unit.PERCENT;
        cells.add(percent ? String.format(Locale.ROOT, "%.4f %%", figure.value()) : CostText.count(figure.exact()));
        cells.add(figure.printed() + (percent ? " %" : " M"));
        if (figure.note().isEmpty()) {
            cells.add("");
            return;
        }
        if (!notes.contains(figure.note())) {
            notes.add(figure.note());
        }
        cells.add(mark(notes.indexOf(figure.note())));
    }

    private static String mark(int index) {
        return "[" + (index + 1) + "]";
    }

    private static String remarks(List<String> remarks) {
        var text = new StringBuilder();
        remarks.forEach(remark -> text.append('\n').append(wrap("", remark)));
        return text.toString();
    }

    private static String wrap(String start, String text) {
        return LongText.wrapped(start, text, start.length(), Math.min(LINE, Terminal.columns(LINE)), "");
    }
}
