package org.mobilenet4j.detect.measure;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import org.mobilenet4j.data.box.Annotations;
import org.mobilenet4j.detect.Detection;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.text.NearestName;
import org.mobilenet4j.text.OneLine;

/// Which of a detector's classes are those of annotations: the ones with the same name, whatever its
/// case. A detector may know classes that are not marked, as one of COCO's eighty does; what it finds
/// of them is left out.
public final class SharedClasses {
    private static final int NONE = -1;

    /// Of each of the model's classes, the annotations' index.
    private final int[] indices;

    private final List<String> labels;

    private SharedClasses(int[] indices, List<String> labels) {
        this.indices = indices;
        this.labels = labels;
    }

    /// The classes that `model` and `annotations` share. If the model has no names, but as many
    /// classes, both are taken to be in the same order.
    ///
    /// @throws BadValueException naming a class of which objects are marked and that the model does not
    ///     have
    public static SharedClasses of(Model model, Annotations annotations) {
        int classes = model.boxes().map(boxes -> boxes.classes()).orElse(model.classes());
        var indices = new int[classes];
        var byName = new HashMap<String, Integer>();
        for (int i = 0; i < annotations.labels().size(); i++) {
            byName.put(folded(annotations.labels().get(i)), i);
        }
        boolean isByOrder =
                model.labels().isEmpty() && classes == annotations.labels().size();
        var known = new ArrayList<String>();
        for (int i = 0; i < classes; i++) {
            known.add(model.label(i));
            indices[i] = isByOrder ? i : byName.getOrDefault(folded(model.label(i)), NONE);
        }
        var shared = new SharedClasses(indices, annotations.labels());
        shared.requireAll(model, annotations, known);
        return shared;
    }

    private static String folded(String label) {
        return label.strip().toLowerCase(Locale.ROOT);
    }

    private void requireAll(Model model, Annotations annotations, List<String> known) {
        var isKnown = new boolean[labels.size()];
        for (int index : indices) {
            if (index != NONE) {
                isKnown[index] = true;
            }
        }
        for (var photo : annotations.photos()) {
            for (var object : photo.objects()) {
                if (!isKnown[object.label()]) {
                    var label = labels.get(object.label());
                    var hint = model.labels().isEmpty()
                            ? ", which has " + indices.length + " classes without names"
                            : NearestName.hint(label, known);
                    throw new BadValueException(annotations.name() + ": " + photo.name() + " has an object of class '"
                            + OneLine.of(label) + "', which the model does not know" + hint
                            + "; classes are matched by name");
                }
            }
        }
    }

    /// `found` with the annotations' indices and names, without what is of other classes.
    public List<Detection> of(List<Detection> found) {
        return found.stream()
                .filter(detection -> indices[detection.index()] != NONE)
                .map(detection -> {
                    int index = indices[detection.index()];
                    return new Detection(index, labels.get(index), detection.score(), detection.box());
                })
                .toList();
    }
}
