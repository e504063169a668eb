package org.mobilenet4j.model.file;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.BilinearResize;
import org.mobilenet4j.arch.ChannelShuffle;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.Dropout;
import org.mobilenet4j.arch.Flatten;
import org.mobilenet4j.arch.GlobalAveragePool;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.LocalResponseNorm;
import org.mobilenet4j.arch.Nonlinearity;
import org.mobilenet4j.arch.Nonlinearity.Curve;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.arch.Prelu;
import org.mobilenet4j.arch.Requantize;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Sigmoid;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.arch.ZeroPad;
import org.mobilenet4j.error.BadValueException;

/// Layers as JSON objects: `{"kind":"conv","name":"conv1","filters":8,"window":[3,3],"stride":2,"padding":"same"}`.
/// Fields with default values are left out. [#write] and [#read] mirror each other, kind by kind.
final class LayerJson {
    private LayerJson() {}

    static Map<String, Object> write(Layer layer) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("kind", kind(layer));
        if (!layer.name().isEmpty()) {
            fields.put("name", layer.name());
        }
        switch (layer) {
            case Conv conv -> {
                fields.put("filters", conv.filters());
                WindowJson.write(conv.window(), fields);
                putUnless(1, "groups", conv.groups(), fields);
                putUnless(false, "bias", conv.bias(), fields);
            }
            case DepthwiseConv conv -> {
                WindowJson.write(conv.window(), fields);
                putUnless(1, "channelMultiplier", conv.channelMultiplier(), fields);
                putUnless(false, "bias", conv.bias(), fields);
            }
            case BatchNorm norm -> putUnless(BatchNorm.DEFAULT_EPSILON, "epsilon", norm.epsilon(), fields);
            case Activation activation -> fields.put("function", JsonObject.nameOf(activation.function()));
            case Nonlinearity bend -> {
                fields.put("function", JsonObject.nameOf(bend.function()));
                putUnless(bend.function().usualAlpha(), "alpha", bend.alpha(), fields);
            }
            case Pool pool -> {
                fields.put("of", JsonObject.nameOf(pool.kind()));
                WindowJson.write(pool.window(), fields);
            }
            case Dense dense -> {
                fields.put("units", dense.units());
                putUnless(true, "bias", dense.bias(), fields);
            }
            case Dropout dropout -> fields.put("rate", dropout.rate());
            case LocalResponseNorm norm -> {
                fields.put("size", norm.size());
                fields.put("alpha", norm.alpha());
                fields.put("beta", norm.beta());
                fields.put("k", norm.k());
            }
            case ChannelShuffle shuffle -> fields.put("groups", shuffle.groups());
            case ZeroPad pad -> fields.put("padding", WindowJson.sides(pad.padding()));
            case BilinearResize resize -> {
                fields.put("height", resize.height());
                fields.put("width", resize.width());
                fields.put("coordinates", JsonObject.nameOf(resize.coordinates()));
            }
            case Sequence sequence -> fields.put("layers", writeAll(sequence.layers()));
            case Parallel parallel -> {
                fields.put("join", JsonObject.nameOf(parallel.join()));
                fields.put("branches", writeAll(parallel.branches()));
            }
            case GlobalAveragePool _, Flatten _, Softmax _, Sigmoid _, Prelu _ -> {}
            case Requantize requantize -> {
                if (requantize.roundsFloats()) {
                    fields.put("roundsFloats", true);
                }
            }
        }
        return fields;
    }

    /// @throws IllegalArgumentException naming the layer and the field that is unknown, missing or invalid
    static Layer read(Object json) {
        var nameless = new JsonObject(json, "a layer");
        var kind = nameless.text("kind");
        var name = nameless.text("name", "");
        var fields = new JsonObject(json, "the layer " + (name.isEmpty() ? "of kind " + kind : name));
        var layer = read(fields, fields.text("kind"), fields.text("name", ""));
        fields.finish();
        return layer;
    }

    private static Layer read(JsonObject fields, String kind, String name) {
        return switch (kind) {
            case "conv" ->
                new Conv(
                        name,
                        fields.whole("filters"),
                        WindowJson.read(fields),
                        fields.whole("groups", 1),
                        fields.flag("bias", false));
            case "depthwise-conv" ->
                new DepthwiseConv(
                        name,
                        WindowJson.read(fields),
                        fields.whole("channelMultiplier", 1),
                        fields.flag("bias", false));
            case "batch-norm" -> new BatchNorm(name, fields.number("epsilon", BatchNorm.DEFAULT_EPSILON));
            case "activation" -> new Activation(name, fields.choice("function", Activation.Function.class));
            case "nonlinearity" -> {
                var function = fields.choice("function", Curve.class);
                double usual = function.usualAlpha();
                yield new Nonlinearity(name, function, function.hasAlpha() ? fields.number("alpha", usual) : usual);
            }
            case "pool" -> new Pool(name, fields.choice("of", Pool.Kind.class), WindowJson.read(fields));
            case "global-average-pool" -> new GlobalAveragePool(name);
            case "dense" -> new Dense(name, fields.whole("units"), fields.flag("bias", true));
            case "flatten" -> new Flatten(name);
            case "dropout" -> new Dropout(name, fields.number("rate"));
            case "softmax" -> new Softmax(name);
            case "sigmoid" -> new Sigmoid(name);
            case "prelu" -> new Prelu(name);
            case "local-response-norm" ->
                new LocalResponseNorm(
                        name, fields.whole("size"), fields.number("alpha"), fields.number("beta"), fields.number("k"));
            case "channel-shuffle" -> new ChannelShuffle(name, fields.whole("groups"));
            case "zero-pad" -> new ZeroPad(name, WindowJson.explicit(fields));
            case "bilinear-resize" ->
                new BilinearResize(
                        name,
                        fields.whole("height"),
                        fields.whole("width"),
                        fields.choice("coordinates", BilinearResize.Coordinates.class));
            case "requantize" -> new Requantize(name, fields.flag("roundsFloats", false));
            case "sequence" -> new Sequence(name, readAll(fields.list("layers")));
            case "parallel" ->
                new Parallel(name, fields.choice("join", Parallel.Join.class), readAll(fields.list("branches")));
            default ->
                throw new BadValueException("the layer " + name + " is of the unknown kind \"" + kind
                        + "\"; it is misspelled, or from a newer version of mobilenet4j");
        };
    }

    /// `GlobalAveragePool` is `global-average-pool`: written out, so that renaming a class does not change the
    /// format.
    private static String kind(Layer layer) {
        return switch (layer) {
            case Conv _ -> "conv";
            case DepthwiseConv _ -> "depthwise-conv";
            case BatchNorm _ -> "batch-norm";
            case Activation _ -> "activation";
            case Pool _ -> "pool";
            case GlobalAveragePool _ -> "global-average-pool";
            case Dense _ -> "dense";
            case Flatten _ -> "flatten";
            case Dropout _ -> "dropout";
            case Softmax _ -> "softmax";
            case Sigmoid _ -> "sigmoid";
            case Nonlinearity _ -> "nonlinearity";
            case Prelu _ -> "prelu";
            case LocalResponseNorm _ -> "local-response-norm";
            case ChannelShuffle _ -> "channel-shuffle";
            case ZeroPad _ -> "zero-pad";
            case BilinearResize _ -> "bilinear-resize";
            case Requantize _ -> "requantize";
            case Sequence _ -> "sequence";
            case Parallel _ -> "parallel";
        };
    }

    private static List<Map<String, Object>> writeAll(List<Layer> layers) {
        return layers.stream().map(LayerJson::write).toList();
    }

    private static List<Layer> readAll(List<?> layers) {
        return layers.stream().<Layer>map(LayerJson::read).toList();
    }

    private static void putUnless(Object usual, String name, Object value, Map<String, Object> fields) {
        if (!value.equals(usual)) {
            fields.put(name, value);
        }
    }
}
