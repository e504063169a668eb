package org.mobilenet4j.model.file;

import java.util.LinkedHashMap;
import java.util.List;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.tensor.Shape;

/// A network as JSON: the options of a MobileNet v1, or else its layer tree.
final class NetworkJson {
    /// The most layers, combinators included, of a network in a file; the largest published ones have hundreds.
    static final int MAX_LAYERS = 10_000;

    private NetworkJson() {}

    /// @throws IllegalArgumentException when the network exceeds the limits of the format
    static String write(Network network) {
        var table = MobileNetV1Json.recognize(network);
        var fields = new LinkedHashMap<String, Object>();
        if (table.isPresent()) {
            fields.putAll(MobileNetV1Json.write(table.get()));
            if (!table.get().name().equals(network.name())) {
                fields.put("name", network.name());
            }
        } else {
            checkSize(network.body());
            fields.put("name", network.name());
            fields.put("input", write(network.input()));
            fields.put("body", LayerJson.write(network.body()));
        }
        return Json.text(fields);
    }

    /// @throws IllegalArgumentException saying what is wrong and with which layer
    static Network read(String json) {
        var fields = new JsonObject(Json.parse(json, "its network"), "its network");
        var sizes = fields.wholes("input", 3);
        var input = new Shape(sizes.get(0), sizes.get(1), sizes.get(2));
        var network = fields.has("architecture") ? table(fields, input) : tree(fields, input);
        fields.finish();
        return network;
    }

    static List<Integer> write(Shape shape) {
        return List.of(shape.height(), shape.width(), shape.channels());
    }

    private static Network table(JsonObject fields, Shape input) {
        var architecture = fields.text("architecture");
        if (!architecture.equals(MobileNetV1Json.ARCHITECTURE)) {
            throw new BadValueException("its network has the unknown architecture \"" + architecture + "\"; known are "
                    + MobileNetV1Json.ARCHITECTURE + " and trees of layers");
        }
        var network = MobileNetV1Json.read(fields, input).network();
        return new Network(fields.text("name", network.name()), input, network.body());
    }

    private static Network tree(JsonObject fields, Shape input) {
        var body = LayerJson.read(fields.value("body"));
        checkSize(body);
        return new Network(fields.text("name"), input, body);
    }

    private static void checkSize(Layer body) {
        long layers = count(body);
        if (layers > MAX_LAYERS) {
            throw new BadValueException(
                    "the network has " + layers + " layers; the limit of the format is " + MAX_LAYERS);
        }
    }

    private static long count(Layer layer) {
        return 1 + layer.inner().stream().mapToLong(NetworkJson::count).sum();
    }
}
