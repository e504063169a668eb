package org.mobilenet4j.compress.distill;

import java.util.HashMap;
import java.util.List;
import java.util.stream.IntStream;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.text.OneLine;

/// Maps the classes of the data to a teacher's outputs, by name.
final class ClassMap {
    private final int[] outputs;

    private ClassMap(int[] outputs) {
        this.outputs = outputs;
    }

    /// The data may have fewer classes than the teacher, and in another order.
    ///
    /// @param teacher the teacher's name in messages
    /// @throws IllegalArgumentException when the teacher lacks one of them
    static ClassMap of(List<String> classes, List<String> known, String teacher) {
        if (known.equals(classes)) {
            return new ClassMap(IntStream.range(0, classes.size()).toArray());
        }
        if (known.isEmpty()) {
            throw new BadValueException(
                    "the teacher " + teacher + " has no class names; use a" + " model with labels, or match features");
        }
        var places = new HashMap<String, Integer>();
        for (int i = 0; i < known.size(); i++) {
            places.merge(known.get(i), i, (one, other) -> -1);
        }
        var outputs = new int[classes.size()];
        for (int i = 0; i < outputs.length; i++) {
            var place = places.get(classes.get(i));
            if (place == null) {
                throw unknown(classes, known, teacher);
            }
            if (place < 0) {
                throw new BadValueException("the teacher " + teacher + " has several classes called '"
                        + OneLine.of(classes.get(i)) + "', so the class of the data is ambiguous; match features");
            }
            outputs[i] = place;
        }
        return new ClassMap(outputs);
    }

    private static BadValueException unknown(List<String> classes, List<String> known, String teacher) {
        var missing = classes.stream().filter(name -> !known.contains(name)).toList();
        return new BadValueException("the teacher " + teacher + " does not know the class '"
                + OneLine.of(missing.getFirst()) + "'"
                + (missing.size() > 1 ? " and " + (missing.size() - 1) + " more" : "") + " of the data's "
                + classes.size() + "; use a teacher that knows all of them, or match features");
    }

    /// The number of classes of the data.
    int size() {
        return outputs.length;
    }

    /// The teacher's output for class `index` of the data.
    int output(int index) {
        return outputs[index];
    }
}
