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
import org.mobilenet4j.cost.Figure;
import org.mobilenet4j.cost.LayerCost;
import org.mobilenet4j.cost.PaperTable;
import org.mobilenet4j.cost.ParameterCount;
import org.mobilenet4j.tensor.Shape;

/// Costs and tables as one JSON document. The keys are stable, as scripts read them.
final class CostJson {
    private CostJson() {}

    static String network(Cost cost) {
        return JsonText.of(document(cost));
    }

    static String compare(List<Cost> costs) {
        return JsonText.of(
                Map.of("networks", costs.stream().map(CostJson::document).toList()));
    }

    static String tables(CostTables tables) {
        var all = new ArrayList<Map<String, Object>>();
        if (tables.body() != null) {
            all.add(body(tables.body()));
        }
        tables.others().forEach(table -> all.add(table(table)));
        return JsonText.of(Map.of("tables", all));
    }

    private static Map<String, Object> document(Cost cost) {
        var document = new LinkedHashMap<String, Object>();
        document.put("network", cost.network().name());
        document.put("input", dims(cost.network().input()));
        document.put("output", dims(cost.network().output()));
        document.put("multAdds", cost.multAdds());
        putParameters(document, cost.parameters());
        document.put("peakActivationBytes", cost.memory().peakBytes());
        document.put("peakActivationLayer", cost.memory().peakLayer());
        var kinds = new LinkedHashMap<String, Object>();
        cost.byKind().forEach((kind, total) -> {
            var object = new LinkedHashMap<String, Object>();
            object.put("layers", total.layers());
            object.put("multAdds", total.multAdds());
            putParameters(object, total.parameters());
            kinds.put(kind.label(), object);
        });
        document.put("byKind", kinds);
        var layers = new ArrayList<Map<String, Object>>();
        for (int i = 0; i < cost.layers().size(); i++) {
            layers.add(layer(cost.layers().get(i), cost.memory().liveBytes().get(i)));
        }
        document.put("layers", layers);
        return document;
    }

    private static Map<String, Object> layer(LayerCost layer, long liveBytes) {
        var object = new LinkedHashMap<String, Object>();
        object.put("name", layer.name());
        object.put("kind", layer.kind().label());
        object.put("input", dims(layer.input()));
        object.put("output", dims(layer.output()));
        object.put("multAdds", layer.multAdds());
        putParameters(object, layer.parameters());
        object.put("outputBytes", layer.outputBytes());
        object.put("liveActivationBytes", liveBytes);
        return object;
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

    private static void putParameters(Map<String, Object> object, ParameterCount count) {
        object.put("parameters", count.trainable());
        object.put("parametersWeightsOnly", count.weights());
        object.put("parametersWithStatistics", count.withStatistics());
    }

    private static List<Integer> dims(Shape shape) {
        return List.of(shape.height(), shape.width(), shape.channels());
    }
}
