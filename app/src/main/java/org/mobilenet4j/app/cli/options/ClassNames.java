package org.mobilenet4j.app.cli.options;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.text.NearestName;
import org.mobilenet4j.text.OneLine;

/// Finds a model's classes by the names that people give.
public final class ClassNames {
    private ClassNames() {}

    /// The classes called `name`, in order: their label is that, or begins with it and a comma, as lists of synonyms
    /// do.
    ///
    /// @param option that the name was given with, for messages
    /// @throws BadValueException if there is none, with the nearest name
    public static Set<Integer> find(Model model, String name, String option) {
        var indices = new TreeSet<Integer>();
        for (int i = 0; i < model.classes(); i++) {
            var label = model.label(i);
            if (label.equalsIgnoreCase(name) || firstOf(label).equalsIgnoreCase(name)) {
                indices.add(i);
            }
        }
        if (indices.isEmpty()) {
            throw new BadValueException(option + ": the model has no class called " + OneLine.of(name)
                    + NearestName.hint(name, names(model)));
        }
        return indices;
    }

    private static String firstOf(String label) {
        int comma = label.indexOf(',');
        return comma < 0 ? label : label.substring(0, comma);
    }

    private static List<String> names(Model model) {
        var names = new ArrayList<String>();
        for (int i = 0; i < model.classes(); i++) {
            names.add(firstOf(model.label(i)));
        }
        return names;
    }
}
