package org.mobilenet4j.compress.distill;

import java.util.HashMap;
import java.util.List;
import java.util.stream.IntStream;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.text.OneLine;

/// Which of a teacher's outputs stands for which class of the data, by the classes' names.
final class ClassMap {
    private final int[] outputs;

    private ClassMap(int[] outputs) {
        this.outputs = outputs;
    }

    /// The classes of the data may be fewer than the teacher's, and in another order.
    ///
    /// @param teacher what a message calls it
    /// @throws IllegalArgumentException when the teacher does not know one of them
    static ClassMap of(List<String> classes, List<String> known, String teacher) {
        if (known.equals(classes)) {
            return new ClassMap(IntStream.range(0, classes.size()).toArray());
        }
        if (known.isEmpty()) {
            throw new BadValueException("the teacher " + teacher + " does not say which classes it knows; take a"
                    + " model with labels, or match features");
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
                        + OneLine.of(classes.get(i)) + "', so none stands for that of the data; match features");
            }
            outputs[i] = place;
        }
        return new ClassMap(outputs);
    }

    private static BadValueException unknown(List<String> classes, List<String> known, String teacher) {
        var missing = classes.stream().filter(name -> !known.contains(name)).toList();
        return new BadValueException("the teacher " + teacher + " does not know the class '"
                + OneLine.of(missing.getFirst()) + "'"
                + (missing.size() > 1 ? " and " + (missing.size() - 1) + " others" : "") + " of the data's "
                + classes.size() + "; take a teacher that knows all of them, or match features");
    }

    /// How many classes the data has.
    int size() {
        return outputs.length;
    }

    /// The teacher's output for class `index` of the data.
    int output(int index) {
        return outputs[index];
    }
}
