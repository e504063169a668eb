package org.mobilenet4j.formats.keras;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.formats.file.JsonFields;
import org.mobilenet4j.tensor.Shape;

/// A Keras model's configuration, `Sequential` or `Functional`, as written by Keras 2, Keras 3 and TensorFlow.js.
///
/// @param layers in order of execution
/// @param input the name of the input layer, or a placeholder if there is none
/// @param output the name of the layer whose output is the model's
record KerasModel(List<KerasLayer> layers, String input, String output) {
    /// Height and width of an input whose size is not fixed in the file.
    private static final int OPEN_SIZE = 224;

    private static final Set<String> MODELS = Set.of("Sequential", "Functional", "Model");

    /// Name for the input of a `Sequential` without an input layer; no layer has it.
    private static final String BEFORE_FIRST = "";

    private static final Pattern WORDS = Pattern.compile("(.)([A-Z][a-z]+)");
    private static final Pattern ENDS = Pattern.compile("([a-z])([A-Z])");
    private static final Pattern SIGNS = Pattern.compile("\\W+");

    KerasModel {
        layers = List.copyOf(layers);
    }

    /// Reads the model that `json`, an object with `class_name` and `config`, describes.
    ///
    /// @param path prefix of its layers' paths: empty, or ending in a slash
    /// @throws IllegalArgumentException if something is missing or malformed, naming it
    static KerasModel parse(JsonFields json, String path) {
        var kind = json.text("class_name");
        if (!MODELS.contains(kind)) {
            throw new BadValueException("is a Keras model of the class " + kind
                    + "; only Sequential and Functional are supported, build and save it as one of these");
        }
        // Keras 1 has only the layers in place of the configuration.
        var config = json.value("config") instanceof List<?> ? json : json.object("config", json.what());
        var list = json.value("config") instanceof List<?> ? json.list("config") : config.list("layers");
        return kind.equals("Sequential") ? sequential(list, path) : functional(config, list, path);
    }

    /// The shape of one image; 224 x 224 if the input's size is not fixed.
    ///
    /// @throws IllegalArgumentException if the file has no shape, or it is not that of an image
    Shape inputShape() {
        for (var layer : layers) {
            boolean isFirst = layer.name().equals(input) || layer.inputs().contains(input);
            if (isFirst && layer.model() != null) {
                return layer.model().inputShape();
            }
            for (var field : List.of("batch_shape", "batch_input_shape")) {
                if (isFirst && layer.config().has(field)) {
                    return shape(layer.config().wholes(field), layer);
                }
            }
        }
        throw new BadValueException("has no input shape; save the model with an input shape");
    }

    /// Whether the image size is fixed in the file.
    boolean isSized() {
        for (var layer : layers) {
            boolean isFirst = layer.name().equals(input) || layer.inputs().contains(input);
            for (var field : List.of("batch_shape", "batch_input_shape")) {
                if (isFirst && layer.config().has(field)) {
                    return !layer.config().wholes(field).stream().skip(1).anyMatch(dim -> dim < 0);
                }
            }
            if (isFirst && layer.model() != null) {
                return layer.model().isSized();
            }
        }
        return false;
    }

    /// The number of readers of a layer's output, by its name.
    Map<String, Integer> readers() {
        var readers = new HashMap<String, Integer>();
        for (var layer : layers) {
            layer.inputs().forEach(name -> readers.merge(name, 1, Integer::sum));
        }
        return readers;
    }

    private static Shape shape(List<Integer> dims, KerasLayer layer) {
        if (dims.size() == 4 && dims.get(3) > 0) {
            return new Shape(
                    dims.get(1) < 0 ? OPEN_SIZE : dims.get(1), dims.get(2) < 0 ? OPEN_SIZE : dims.get(2), dims.get(3));
        }
        if (dims.size() == 2 && dims.get(1) > 0) {
            return Shape.vector(dims.get(1));
        }
        throw layer.odd("its input of " + dims + " is not a batch of images with channels last");
    }

    private static KerasModel sequential(List<?> list, String path) {
        var namer = new Namer(path);
        var layers = new ArrayList<KerasLayer>();
        var last = BEFORE_FIRST;
        for (var item : list) {
            var layer = namer.layer(item, List.of(last));
            boolean isInput = layer.kind().equals("InputLayer");
            layers.add(isInput ? namer.withoutInputs(layer) : layer);
            last = layer.name();
        }
        if (layers.isEmpty()) {
            throw new BadValueException("is a Keras model without layers");
        }
        var input = layers.getFirst().inputs().isEmpty() ? layers.getFirst().name() : BEFORE_FIRST;
        return new KerasModel(layers, input, last);
    }

    private static KerasModel functional(JsonFields config, List<?> list, String path) {
        var namer = new Namer(path);
        var layers = new ArrayList<KerasLayer>();
        for (var item : list) {
            layers.add(namer.layer(item, KerasInputs.of(JsonFields.of(item, "a layer"))));
        }
        return new KerasModel(
                layers, KerasInputs.single(config, "input_layers"), KerasInputs.single(config, "output_layers"));
    }

    /// Creates layers from their configurations, with the paths of their variables in a `.keras` file: the class name
    /// in snake case, with a number from the second layer of a class on.
    private static final class Namer {
        private final String path;
        private final Map<String, Integer> counts = new HashMap<>();
        private final Set<String> names = new HashSet<>();

        Namer(String path) {
            this.path = path;
        }

        KerasLayer layer(Object item, List<String> inputs) {
            var json = JsonFields.of(item, "a layer");
            var kind = json.text("class_name");
            boolean isModel = MODELS.contains(kind);
            var bare =
                    json.value("config") instanceof List<?> ? json : json.object("config", "a layer of class " + kind);
            var name = json.text("name", bare.text("name", kind));
            if (name.isBlank() || !names.add(name)) {
                throw new BadValueException("has two layers called \"" + name + "\"");
            }
            var stem = snakeCase(kind);
            int before = counts.merge(stem, 1, Integer::sum) - 1;
            var place = path + "layers/" + stem + (before == 0 ? "" : "_" + before);
            var config = isModel ? bare : json.object("config", "the layer " + name + " (" + kind + ")");
            return new KerasLayer(
                    kind, name, config, inputs, KerasCall.of(json), place, isModel ? parse(json, place + "/") : null);
        }

        KerasLayer withoutInputs(KerasLayer layer) {
            return new KerasLayer(
                    layer.kind(), layer.name(), layer.config(), List.of(), layer.call(), layer.path(), layer.model());
        }

        private static String snakeCase(String kind) {
            var words = WORDS.matcher(SIGNS.matcher(kind).replaceAll("")).replaceAll("$1_$2");
            return ENDS.matcher(words).replaceAll("$1_$2").toLowerCase(Locale.ROOT);
        }
    }
}
