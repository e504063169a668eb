package org.mobilenet4j.model.file;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.IntStream;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.model.BoxOutputs;
import org.mobilenet4j.model.Suppression;
import org.mobilenet4j.tensor.Tensor;

/// How boxes come out of a detector, as JSON.
final class BoxOutputsJson {
    private static final String WHERE = "its boxes";

    private BoxOutputsJson() {}

    static String write(BoxOutputs boxes) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("maps", boxes.maps());
        fields.put("classes", boxes.classes());
        fields.put("background", boxes.hasBackground());
        fields.put("scores", JsonObject.nameOf(boxes.meaning()));
        fields.put("scales", boxes.scales());
        var limits = boxes.suppression();
        fields.put("minScore", limits.minScore());
        fields.put("maxOverlap", limits.maxOverlap());
        fields.put("limit", limits.limit());
        fields.put("perClass", limits.isPerClass());
        fields.put("limitPerClass", limits.limitPerClass());
        fields.put("classesPerBox", limits.classesPerBox());
        var anchors = boxes.anchors();
        fields.put(
                "anchors",
                IntStream.range(0, anchors.size()).mapToObj(anchors::get).toList());
        return Json.text(fields);
    }

    /// @throws IllegalArgumentException saying what is wrong
    static BoxOutputs read(String json) {
        var fields = new JsonObject(Json.parse(json, WHERE), WHERE);
        var limits = new Suppression(
                (float) fields.number("minScore"),
                (float) fields.number("maxOverlap"),
                fields.whole("limit"),
                fields.flag("perClass", true),
                fields.whole("limitPerClass"),
                fields.whole("classesPerBox"));
        var maps = fields.wholes("maps", fields.list("maps").size());
        var boxes = new BoxOutputs(
                maps,
                anchors(fields.numbers("anchors")),
                fields.numbers("scales"),
                fields.whole("classes"),
                fields.flag("background", true),
                fields.choice("scores", BoxOutputs.Scores.class),
                limits);
        fields.finish();
        return boxes;
    }

    private static Tensor anchors(List<Float> values) {
        if (values.isEmpty() || values.size() % BoxOutputs.VALUES != 0) {
            throw new BadValueException(WHERE + " have " + values.size() + " values of anchors; each anchor has four");
        }
        var all = new float[values.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = values.get(i);
        }
        return Tensor.of(all, all.length / BoxOutputs.VALUES, BoxOutputs.VALUES);
    }
}
