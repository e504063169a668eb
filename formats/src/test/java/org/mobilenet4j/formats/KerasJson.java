package org.mobilenet4j.formats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// Configurations of Keras models, as Keras 2 and Keras 3 spell them.
public final class KerasJson {
    private final boolean isThird;
    private final List<String> layers = new ArrayList<>();

    private KerasJson(boolean isThird) {
        this.isThird = isThird;
    }

    public static KerasJson second() {
        return new KerasJson(false);
    }

    public static KerasJson third() {
        return new KerasJson(true);
    }

    public KerasJson input(String name, String dims) {
        return layer("InputLayer", name, "'" + (isThird ? "batch_shape" : "batch_input_shape") + "':" + dims);
    }

    /// Adds a layer that reads `inputs`.
    ///
    /// @param settings fields with single quotes in place of double ones
    public KerasJson layer(String kind, String name, String settings, String... inputs) {
        layers.add("{'class_name':'" + kind + "','config':{'name':'" + name + "'" + (settings.isEmpty() ? "" : ",")
                + settings + "},'name':'" + name + "','inbound_nodes':[" + (inputs.length == 0 ? "" : node(inputs))
                + "]}");
        return this;
    }

    /// A model in place of a layer.
    public KerasJson model(String json, String name, String... inputs) {
        var open = json.substring(0, json.length() - 1);
        layers.add(open + ",'name':'" + name + "','inbound_nodes':[" + (inputs.length == 0 ? "" : node(inputs)) + "]}");
        return this;
    }

    public String functional(String input, String output) {
        var outputs = "'output_layers':" + (isThird ? "['" + output + "',0,0]" : "[['" + output + "',0,0]]");
        return quoted("{'class_name':'Functional','config':{'name':'net','trainable':true,'layers':" + layers
                + ",'input_layers':[['" + input + "',0,0]]," + outputs + "}}");
    }

    public String sequential() {
        return quoted("{'class_name':'Sequential','config':{'name':'seq','layers':" + layers + "}}");
    }

    private String node(String... inputs) {
        if (!isThird) {
            return Arrays.stream(inputs)
                    .map(name -> "['" + name + "',0,0,{}]")
                    .collect(Collectors.joining(",", "[", "]"));
        }
        var tensors = Arrays.stream(inputs)
                .map(name -> "{'class_name':'__keras_tensor__','config':{'shape':[null,1],'dtype':'float32',"
                        + "'keras_history':['" + name + "',0,0]}}")
                .collect(Collectors.joining(","));
        return "{'args':[" + (inputs.length == 1 ? tensors : "[" + tensors + "]") + "],'kwargs':{'mask':null}}";
    }

    private static String quoted(String json) {
        return json.replace('\'', '"');
    }
}
