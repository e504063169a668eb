package org.mobilenet4j.model.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.model.ActivationQuantization;
import org.mobilenet4j.model.NetworkQuantization;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Quantization;
import org.mobilenet4j.tensor.Tensor;

/// The quantization of a model file as JSON: that of the activations, for a quantized network, and the scales of each
/// tensor.
///
/// @param maps quantization of the activations
/// @param tensors scales by tensor
record QuantizationJson(Optional<NetworkQuantization> maps, Map<String, Quantization> tensors) {
    /// For a file without integers.
    static final QuantizationJson NONE = new QuantizationJson(Optional.empty(), Map.of());

    private static final String WHERE = "its quantization";

    /// @param weights in the order of the file
    static String write(Optional<NetworkQuantization> maps, SequencedMap<String, Tensor> weights) {
        var fields = new LinkedHashMap<String, Object>();
        maps.ifPresent(those -> {
            fields.put("input", write(those.input()));
            var layers = new LinkedHashMap<String, Object>();
            those.layers().forEach((name, map) -> layers.put(name, write(map)));
            fields.put("layers", layers);
        });
        var tensors = new LinkedHashMap<String, Object>();
        weights.forEach((name, tensor) -> tensor.quantization().ifPresent(it -> tensors.put(name, write(it))));
        fields.put("tensors", tensors);
        return Json.text(fields);
    }

    private static Map<String, Object> write(ActivationQuantization map) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("type", JsonObject.nameOf(map.type()));
        fields.put("scale", map.scale());
        fields.put("zeroPoint", map.zeroPoint());
        return fields;
    }

    /// Zero points are left out if all are zero.
    private static Map<String, Object> write(Quantization quantization) {
        var scales = new ArrayList<Float>();
        var zeroPoints = new ArrayList<Integer>();
        boolean isCentered = true;
        for (int i = 0; i < quantization.channels(); i++) {
            scales.add(quantization.scale(i));
            zeroPoints.add(quantization.zeroPoint(i));
            isCentered &= quantization.zeroPoint(i) == 0;
        }
        var fields = new LinkedHashMap<String, Object>();
        fields.put("scales", scales);
        if (!isCentered) {
            fields.put("zeroPoints", zeroPoints);
        }
        return fields;
    }

    /// @throws IllegalArgumentException saying what is wrong and with which layer or tensor
    static QuantizationJson read(String json) {
        var fields = new JsonObject(Json.parse(json, WHERE), WHERE);
        Optional<NetworkQuantization> maps = Optional.empty();
        if (fields.has("input")) {
            var layers = new LinkedHashMap<String, ActivationQuantization>();
            entries(fields.value("layers"), "the layers of " + WHERE)
                    .forEach((name, map) -> layers.put(name, map(map, "the scale of the layer " + name)));
            maps = Optional.of(new NetworkQuantization(map(fields.value("input"), "the scale of the input"), layers));
        }
        var tensors = new LinkedHashMap<String, Quantization>();
        entries(fields.value("tensors"), "the tensors of " + WHERE)
                .forEach((name, scales) -> tensors.put(name, tensor(scales, "the scales of the tensor " + name)));
        fields.finish();
        return new QuantizationJson(maps, tensors);
    }

    private static SequencedMap<String, Object> entries(Object json, String where) {
        if (!(json instanceof Map<?, ?> map)) {
            throw new BadValueException(where + " must be a JSON object");
        }
        var entries = new LinkedHashMap<String, Object>();
        map.forEach((name, value) -> entries.put((String) name, value));
        return entries;
    }

    private static ActivationQuantization map(Object json, String where) {
        var fields = new JsonObject(json, where);
        var type = fields.choice("type", ElementType.class);
        float scale = (float) fields.number("scale");
        int zeroPoint = fields.whole("zeroPoint");
        fields.finish();
        try {
            return new ActivationQuantization(type, scale, zeroPoint);
        } catch (BadValueException e) {
            throw new BadValueException(where + ": " + e.getMessage(), e);
        }
    }

    private static Quantization tensor(Object json, String where) {
        var fields = new JsonObject(json, where);
        var list = fields.numbers("scales");
        var scales = new float[list.size()];
        for (int i = 0; i < scales.length; i++) {
            scales[i] = list.get(i);
        }
        var zeroPoints = new int[scales.length];
        if (fields.has("zeroPoints")) {
            var zeros = fields.wholes("zeroPoints", scales.length);
            for (int i = 0; i < zeroPoints.length; i++) {
                zeroPoints[i] = zeros.get(i);
            }
        }
        fields.finish();
        try {
            return Quantization.perChannel(scales, zeroPoints);
        } catch (BadValueException e) {
            throw new BadValueException(where + ": " + e.getMessage(), e);
        }
    }

    /// The tensors `raw` with their scales.
    ///
    /// @throws IllegalArgumentException when integers lack scales, floats have them, or they do not fit
    SequencedMap<String, Tensor> scaled(SequencedMap<String, Tensor> raw) {
        var all = new LinkedHashMap<String, Tensor>();
        raw.forEach((name, tensor) -> {
            var scales = tensors.get(name);
            if (tensor.type().isInteger() != (scales != null)) {
                throw new BadValueException("the tensor " + name + " of " + tensor.type() + " has "
                        + (scales == null ? "no scales" : "scales, which floats do not need"));
            }
            all.put(name, scales == null ? tensor : scaled(name, tensor, scales));
        });
        for (var name : tensors.keySet()) {
            if (!raw.containsKey(name)) {
                throw new BadValueException("there are scales for the tensor " + name + ", which is missing");
            }
        }
        return all;
    }

    private static Tensor scaled(String name, Tensor tensor, Quantization scales) {
        try {
            return Tensor.of(tensor.bytes(), tensor.type(), tensor.dims(), scales);
        } catch (BadValueException e) {
            throw new BadValueException("the tensor " + name + ": " + e.getMessage(), e);
        }
    }
}
