package org.mobilenet4j.model.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.image.Normalization;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.image.Resize;
import org.mobilenet4j.model.Model;

/// Labels, preprocessing and notes of a model as strings by key, as `docs/model-file.md` documents them. The model file
/// has them, and so can other formats that have room for metadata.
public final class ModelMetadata {
    /// The value of `format` in this library's metadata.
    public static final String FORMAT = "mobilenet4j";

    private static final String NOTE = "note.";

    /// Current keys of notes, by their keys in older files.
    private static final Map<String, String> RENAMED = Map.of("quantised", "quantized");

    private ModelMetadata() {}

    /// Labels, if any, preprocessing and notes of `model`; the same model gives the same strings.
    public static SequencedMap<String, String> write(Model model) {
        var metadata = new LinkedHashMap<String, String>();
        if (!model.labels().isEmpty()) {
            metadata.put("labels", Json.text(model.labels()));
        }
        metadata.put("preprocessing", write(model.preprocessing()));
        new TreeMap<>(model.notes()).forEach((key, note) -> metadata.put(NOTE + key, note));
        return metadata;
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
                new Normalization(fields.numbers("mean"), fields.numbers("std")));
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
        return Json.text(fields);
    }
}
