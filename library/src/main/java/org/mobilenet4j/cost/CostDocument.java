package org.mobilenet4j.cost;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.mobilenet4j.tensor.Shape;

/// A cost as a tree of maps, lists, text and numbers, for whatever writes JSON; its keys are stable, as scripts read
/// them.
public final class CostDocument {
    private CostDocument() {}

    /// The document of `cost`, which the caller may add to.
    public static Map<String, Object> of(Cost cost) {
        Objects.requireNonNull(cost, "cost");
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

    private static void putParameters(Map<String, Object> object, ParameterCount count) {
        object.put("parameters", count.trainable());
        object.put("parametersWeightsOnly", count.weights());
        object.put("parametersWithStatistics", count.withStatistics());
    }

    private static List<Integer> dims(Shape shape) {
        return List.of(shape.height(), shape.width(), shape.channels());
    }
}
