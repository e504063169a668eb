package org.mobilenet4j.formats;

import io.jhdf.HdfFile;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.mobilenet4j.tensor.Tensor;

/// Writes files as Keras does, with a library that knows nothing of the reader under test.
public final class KerasFiles {
    private KerasFiles() {}

    /// A `.h5` file with variables such as `conv1/kernel`, each in the group of its layer.
    public static Path writeHdf5(Path file, String config, Map<String, Tensor> variables) {
        var byLayer = new LinkedHashMap<String, List<String>>();
        for (var name : variables.keySet()) {
            byLayer.computeIfAbsent(name.substring(0, name.indexOf('/')), _ -> new ArrayList<>())
                    .add(name);
        }
        return writeHdf5(file, config, variables, byLayer);
    }

    /// The same with the names of the variables in each group given.
    public static Path writeHdf5(
            Path file, String config, Map<String, Tensor> variables, Map<String, List<String>> byGroup) {
        try (var hdf = HdfFile.write(file)) {
            hdf.putAttribute("keras_version", "2.15.0");
            hdf.putAttribute("model_config", config);
            var root = hdf.putGroup("model_weights");
            byGroup.forEach((folder, names) -> {
                var group = root.putGroup(folder);
                group.putAttribute(
                        "weight_names", names.stream().map(name -> name + ":0").toArray(String[]::new));
                var groups = new HashMap<String, WritableGroup>();
                names.forEach(name -> put(group, groups, name + ":0", Objects.requireNonNull(variables.get(name))));
            });
        }
        return file;
    }

    /// A `.h5` file without variables, of this version of Keras.
    public static Path writeHdf5(Path file, String version, String config) {
        try (var hdf = HdfFile.write(file)) {
            hdf.putAttribute("keras_version", version);
            hdf.putAttribute("model_config", config);
            hdf.putGroup("model_weights");
        }
        return file;
    }

    /// A `.h5` file of weights alone, as `save_weights` writes it: variables by their paths, and for each group the
    /// names
    /// of its variables, if there are any.
    public static Path writeWeights(Path file, Map<String, Tensor> variables, Map<String, List<String>> byGroup) {
        try (var hdf = HdfFile.write(file)) {
            var groups = new HashMap<String, WritableGroup>();
            byGroup.forEach((folder, names) -> {
                var group = hdf.putGroup(folder);
                group.putAttribute("weight_names", names.toArray(String[]::new));
                groups.put(folder, group);
            });
            variables.forEach((path, tensor) -> put(hdf, groups, path, tensor));
        }
        return file;
    }

    /// A `.keras` file with variables by their places, such as `layers/conv2d/vars/0`.
    public static Path writeArchive(Path file, String config, Map<String, Tensor> variables) throws IOException {
        var weights = file.resolveSibling("weights.tmp");
        try (var hdf = HdfFile.write(weights)) {
            var groups = new HashMap<String, WritableGroup>();
            variables.forEach((path, tensor) -> put(hdf, groups, path, tensor));
        }
        return zip(
                file,
                Map.of(
                        "config.json",
                        config.getBytes(StandardCharsets.UTF_8),
                        "model.weights.h5",
                        Files.readAllBytes(weights)));
    }

    public static Path zip(Path file, Map<String, byte[]> entries) throws IOException {
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (var entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return file;
    }

    private static void put(WritableGroup root, Map<String, WritableGroup> groups, String path, Tensor tensor) {
        int slash = path.lastIndexOf('/');
        group(root, groups, path.substring(0, slash)).putDataset(path.substring(slash + 1), nested(tensor, 0, 0));
    }

    private static WritableGroup group(WritableGroup root, Map<String, WritableGroup> groups, String path) {
        var known = groups.get(path);
        if (known == null) {
            int slash = path.lastIndexOf('/');
            var parent = slash < 0 ? root : group(root, groups, path.substring(0, slash));
            known = parent.putGroup(path.substring(slash + 1));
            groups.put(path, known);
        }
        return known;
    }

    /// Arrays of arrays, as many levels as `tensor` has dimensions.
    private static Object nested(Tensor tensor, int level, int index) {
        var dims = tensor.dims();
        int length = dims.get(level);
        if (level == dims.size() - 1) {
            var row = new float[length];
            for (int i = 0; i < length; i++) {
                row[i] = tensor.get(index * length + i);
            }
            return row;
        }
        Object first = nested(tensor, level + 1, index * length);
        var all = (Object[]) java.lang.reflect.Array.newInstance(first.getClass(), length);
        for (int i = 0; i < length; i++) {
            all[i] = nested(tensor, level + 1, index * length + i);
        }
        return all;
    }
}
