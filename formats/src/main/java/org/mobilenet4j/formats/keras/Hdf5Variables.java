package org.mobilenet4j.formats.keras;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mobilenet4j.formats.hdf5.Hdf5Group;
import org.mobilenet4j.tensor.Tensor;

/// Variables in a `.h5` file: a group for each layer, whose attribute `weight_names` lists its data sets.
final class Hdf5Variables implements KerasVariables {
    private static final String NAMES = "weight_names";

    private final Hdf5Group root;
    private final Map<String, List<String>> pathsByGroup = new HashMap<>();

    /// @param root the group that contains the layers' groups
    Hdf5Variables(Hdf5Group root) {
        this.root = root;
    }

    @Override
    public Tensor get(List<KerasLayer> place, int number, List<String> names) {
        var folder = place.getFirst().name();
        var layer = place.getLast();
        for (var path : pathsByGroup.computeIfAbsent(folder, this::paths)) {
            var parts = path.split("/", -1);
            boolean isOfLayer = place.size() == 1 || (parts.length > 1 && parts[parts.length - 2].equals(layer.name()));
            if (isOfLayer && names.contains(withoutNumber(parts[parts.length - 1]))) {
                return root.group(folder).dataset(path).floats();
            }
        }
        throw layer.odd("the file has no " + names.getFirst() + " for it");
    }

    private List<String> paths(String folder) {
        var group = root.group(folder);
        var whole = group.texts(NAMES);
        if (whole.isPresent()) {
            return whole.get();
        }
        // Keras splits lists that are too long for one attribute.
        var all = new ArrayList<String>();
        for (int i = 0; ; i++) {
            var part = group.texts(NAMES + i);
            if (part.isEmpty()) {
                return all;
            }
            all.addAll(part.get());
        }
    }

    /// The name without TensorFlow's output index: `kernel` for `kernel:0`.
    private static String withoutNumber(String name) {
        return name.endsWith(":0") ? name.substring(0, name.length() - 2) : name;
    }
}
