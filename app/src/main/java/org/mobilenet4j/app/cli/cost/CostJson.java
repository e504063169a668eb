package org.mobilenet4j.app.cli.cost;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.mobilenet4j.app.cli.text.JsonText;
import org.mobilenet4j.cost.BodyTable;
import org.mobilenet4j.cost.Cost;
import org.mobilenet4j.cost.CostDocument;
import org.mobilenet4j.cost.Figure;
import org.mobilenet4j.cost.PaperTable;
import org.mobilenet4j.tensor.Shape;

/// Costs and tables as one JSON document. The keys are stable, as scripts read them.
final class CostJson {
    private CostJson() {}

    static String network(Cost cost) {
        return JsonText.of(CostDocument.of(cost));
    }

    static String compare(List<Cost> costs) {
        return JsonText.of(
                Map.of("networks", costs.stream().map(CostDocument::of).toList()));
    }

    static String tables(CostTables tables) {
        var all = new ArrayList<Map<String, Object>>();
        if (tables.body() != null) {
            all.add(body(tables.body()));
        }
        tables.others().forEach(table -> all.add(table(table)));
        return JsonText.of(Map.of("tables", all));
    }

    private static Map<String, Object> body(BodyTable body) {
        var rows = new ArrayList<Map<String, Object>>();
        for (var row : body.rows()) {
            var object = new LinkedHashMap<String, Object>();
            object.put("layer", row.layer());
            object.put("type", row.type());
            object.put("filter", row.filter());
            object.put("input", dims(row.input()));
            object.put("multAdds", row.multAdds());
            object.put("parametersWeightsOnly", row.weights());
            rows.add(object);
        }
        return table(BodyTable.ID, BodyTable.TITLE, rows, body.notes());
    }

    private static Map<String, Object> table(PaperTable table) {
        var rows = new ArrayList<Map<String, Object>>();
        for (var row : table.rows()) {
            var object = new LinkedHashMap<String, Object>();
            object.put("label", row.label());
            row.accuracy().ifPresent(accuracy -> object.put("top1Percent", accuracy));
            object.put("multAdds", figure(row.multAdds()));
            object.put("parameters", figure(row.parameters()));
            rows.add(object);
        }
        return table(table.id(), table.title(), rows, table.remarks());
    }

    private static Map<String, Object> table(
            String id, String title, List<Map<String, Object>> rows, List<String> remarks) {
        var object = new LinkedHashMap<String, Object>();
        object.put("table", id);
        object.put("title", title);
        object.put("rows", rows);
        object.put("remarks", remarks);
        return object;
    }

    private static Map<String, Object> figure(Figure figure) {
        var object = new LinkedHashMap<String, Object>();
        object.put("exact", figure.exact());
        object.put("value", figure.value());
        object.put("printed", new BigDecimal(figure.printed()));
        object.put("unit", figure.unit().name().toLowerCase(Locale.ROOT));
        object.put("agrees", figure.agrees());
        if (!figure.note().isEmpty()) {
            object.put("note", figure.note());
        }
        return object;
    }

    private static List<Integer> dims(Shape shape) {
        return List.of(shape.height(), shape.width(), shape.channels());
    }
}
