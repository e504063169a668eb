package org.mobilenet4j.model.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.image.ChannelOrder;
import org.mobilenet4j.image.Normalization;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.image.Resize;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.NetworkQuantization;
import org.mobilenet4j.model.Outputs;
import org.mobilenet4j.model.Weights;

/// Labels, preprocessing and notes of a model as strings by key, as `docs/model-file.md` documents them. The model file
/// has them, and so can other formats that have room for metadata.
public final class ModelMetadata {
    /// The value of `format` in this library's metadata.
    public static final String FORMAT = "mobilenet4j";

    private static final String NOTE = "note.";
    private static final String OUTPUTS = "outputs";
    private static final String BOXES = "boxes";
    private static final String CHANNELS = "channels";
    private static final String PADS = "padsToSquare";

    /// Current keys of notes, by their keys in older files.
    private static final Map<String, String> RENAMED = Map.of("quantised", "quantized");

    private ModelMetadata() {}

    /// Labels, if any, preprocessing and notes of `model`; the same model gives the same strings.
    public static SequencedMap<String, String> write(Model model) {
        var metadata = new LinkedHashMap<String, String>();
        if (!model.labels().isEmpty()) {
            metadata.put("labels", Json.text(model.labels()));
        }
        metadata.put(OUTPUTS, model.outputs().toString());
        model.boxes().ifPresent(boxes -> metadata.put(BOXES, BoxOutputsJson.write(boxes)));
        // Must be there, so a file whose end was cut off does not pass for one without outputs.
        metadata.put("preprocessing", write(model.preprocessing()));
        new TreeMap<>(model.notes()).forEach((key, note) -> metadata.put(NOTE + key, note));
        return metadata;
    }

    /// All of it as the text of one JSON object, with the format's mark and the network's name, for formats that have
    /// no strings by key. Labels are left out: such formats have a place for them.
    public static String text(Model model) {
        var all = new LinkedHashMap<String, String>();
        all.put("format", FORMAT);
        all.put("name", model.network().name());
        all.putAll(write(model));
        all.remove("labels");
        return Json.text(all);
    }

    /// The strings by key in a text of [#text(Model)].
    ///
    /// @throws IllegalArgumentException when it is not a JSON object of strings
    public static Map<String, String> parse(String text) {
        Objects.requireNonNull(text, "text");
        if (!(Json.parse(text, "its mobilenet4j metadata") instanceof Map<?, ?> fields)) {
            throw new BadValueException("its mobilenet4j metadata must be a JSON object");
        }
        var metadata = new LinkedHashMap<String, String>();
        fields.forEach((key, value) -> {
            if (!(value instanceof String string)) {
                throw new BadValueException("its mobilenet4j metadata has a value that is not a string, " + key);
            }
            metadata.put(String.valueOf(key), string);
        });
        return metadata;
    }

    /// The model of a network and weights that this metadata describes. Files without `outputs` leave their meaning to
    /// the network.
    ///
    /// @throws IllegalArgumentException when the metadata is invalid, or does not fit the network
    public static Model model(
            Map<String, String> metadata,
            Network network,
            Weights weights,
            Optional<NetworkQuantization> quantization) {
        var labels = labels(metadata);
        var preprocessing = preprocessing(metadata);
        var notes = notes(metadata);
        var boxes = Optional.ofNullable(metadata.get(BOXES)).map(BoxOutputsJson::read);
        return metadata.containsKey(OUTPUTS)
                ? new Model(
                        network,
                        weights,
                        labels,
                        preprocessing,
                        notes,
                        quantization,
                        Outputs.named(text(metadata, OUTPUTS)),
                        boxes)
                : new Model(network, weights, labels, preprocessing, notes, quantization);
    }

    /// Whether `format` marks the metadata as this library's.
    public static boolean isOurs(Map<String, String> metadata) {
        return FORMAT.equals(metadata.get("format"));
    }

    /// A name for each output, or an empty list.
    ///
    /// @throws IllegalArgumentException when they are not a list of strings
    public static List<String> labels(Map<String, String> metadata) {
        if (!metadata.containsKey("labels")) {
            return List.of();
        }
        var labels = new ArrayList<String>();
        if (!(Json.parse(text(metadata, "labels"), "its list of labels") instanceof List<?> list)) {
            throw new BadValueException("its labels must be a list of strings");
        }
        for (var label : list) {
            if (!(label instanceof String text)) {
                throw new BadValueException(
                        "its labels must be a list of strings, but label " + labels.size() + " is not a string");
            }
            labels.add(text);
        }
        return labels;
    }

    /// The preprocessing of input images.
    ///
    /// @throws IllegalArgumentException when it is missing or invalid
    public static Preprocessing preprocessing(Map<String, String> metadata) {
        var json = Json.parse(text(metadata, "preprocessing"), "its preprocessing");
        var fields = new JsonObject(json, "its preprocessing");
        var preprocessing = new Preprocessing(
                fields.number("crop"),
                Resize.named(fields.text("resize")),
                new Normalization(fields.numbers("mean"), fields.numbers("std")),
                fields.has(CHANNELS) ? ChannelOrder.named(fields.text(CHANNELS)) : ChannelOrder.RGB,
                fields.flag(PADS, false));
        fields.finish();
        return preprocessing;
    }

    /// The notes by key.
    public static Map<String, String> notes(Map<String, String> metadata) {
        var notes = new TreeMap<String, String>();
        metadata.forEach((key, text) -> {
            if (key.startsWith(NOTE)) {
                var name = key.substring(NOTE.length());
                notes.put(RENAMED.getOrDefault(name, name), text);
            }
        });
        return notes;
    }

    static String text(Map<String, String> metadata, String key) {
        var text = metadata.get(key);
        if (text == null) {
            throw new BadValueException("lacks \"" + key + "\" in its metadata; write the model again");
        }
        return text;
    }

    private static String write(Preprocessing preprocessing) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("crop", preprocessing.crop());
        fields.put("resize", preprocessing.resize().toString());
        fields.put("mean", preprocessing.normalization().mean());
        fields.put("std", preprocessing.normalization().std());
        if (preprocessing.channels() != ChannelOrder.RGB) {
            // Without it, programs that do not know the field refuse only what they would compute wrongly.
            fields.put(CHANNELS, preprocessing.channels().toString());
        }
        if (preprocessing.padsToSquare()) {
            fields.put(PADS, true);
        }
        return Json.text(fields);
    }
}
