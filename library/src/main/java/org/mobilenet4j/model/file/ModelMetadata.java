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

/// What a model is used with, as texts by key: labels, preprocessing and notes, each as
/// `docs/model-file.md` describes it. The model file has them, and so can other formats that have a
/// place for texts.
public final class ModelMetadata {
    /// The value of `format` where the texts are this library's.
    public static final String FORMAT = "mobilenet4j";

    private static final String NOTE = "note.";

    /// What notes are called today, by the names that they have in older files.
    private static final Map<String, String> RENAMED = Map.of("quantised", "quantized");

    private ModelMetadata() {}

    /// Labels, where there are some, preprocessing and notes of `model`; the same model makes the same
    /// texts.
    public static SequencedMap<String, String> write(Model model) {
        var metadata = new LinkedHashMap<String, String>();
        if (!model.labels().isEmpty()) {
            metadata.put("labels", Json.text(model.labels()));
        }
        metadata.put("preprocessing", write(model.preprocessing()));
        new TreeMap<>(model.notes()).forEach((key, note) -> metadata.put(NOTE + key, note));
        return metadata;
    }

    /// Whether `format` says that the texts are this library's.
    public static boolean isOurs(Map<String, String> metadata) {
        return FORMAT.equals(metadata.get("format"));
    }

    /// A name for each output, or none at all.
    ///
    /// @throws IllegalArgumentException when they are no list of texts
    public static List<String> labels(Map<String, String> metadata) {
        if (!metadata.containsKey("labels")) {
            return List.of();
        }
        var labels = new ArrayList<String>();
        if (!(Json.parse(text(metadata, "labels"), "its list of labels") instanceof List<?> list)) {
            throw new BadValueException("its labels must be a list of texts");
        }
        for (var label : list) {
            if (!(label instanceof String text)) {
                throw new BadValueException(
                        "its labels must be a list of texts, but label " + labels.size() + " is none");
            }
            labels.add(text);
        }
        return labels;
    }

    /// What is done to a photo first.
    ///
    /// @throws IllegalArgumentException when it is missing or not as it must be
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
