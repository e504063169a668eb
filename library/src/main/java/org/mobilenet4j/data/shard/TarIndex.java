package org.mobilenet4j.data.shard;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.data.Labels;
import org.mobilenet4j.error.BadFileException;

/// The result of a first pass over shards: the labels, and the classes of the photos in each shard.
final class TarIndex {
    private final Map<String, Integer> found = new LinkedHashMap<>();
    private final List<int[]> shards = new ArrayList<>();
    private final List<String> labels;

    /// @throws BadFileException when a shard has no photos, or there are fewer than two classes
    TarIndex(String name, List<Path> files) throws IOException {
        for (var file : files) {
            shards.add(scan(file));
        }
        labels = found.keySet().stream().sorted().toList();
        Labels.requireSeveral(name, labels);
        var numbers = new int[labels.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[found.getOrDefault(labels.get(i), 0)] = i;
        }
        for (var classes : shards) {
            Arrays.setAll(classes, i -> numbers[classes[i]]);
        }
    }

    /// The names of the classes, sorted.
    List<String> labels() {
        return labels;
    }

    /// For each shard, the class of each photo.
    List<int[]> shards() {
        return shards;
    }

    /// The class of the file called `entry`: the first folder of its path; null if it is in no folder or hidden.
    static @Nullable String label(String entry) {
        var parts = (entry.startsWith("./") ? entry.substring(2) : entry).split("/");
        boolean shown =
                parts.length > 1 && Arrays.stream(parts).noneMatch(part -> part.startsWith(".") || part.isEmpty());
        return shown ? parts[0] : null;
    }

    private int[] scan(Path file) throws IOException {
        var classes = new int[1024];
        int count = 0;
        try (var tar = new TarReader(file)) {
            for (var entry = tar.next(); entry != null; entry = tar.next()) {
                var label = label(entry.name());
                if (label != null) {
                    if (count == classes.length) {
                        classes = Arrays.copyOf(classes, 2 * count);
                    }
                    var number = found.get(label);
                    if (number == null) {
                        number = found.size();
                        found.put(label, number);
                    }
                    classes[count++] = number;
                }
            }
        }
        if (count == 0) {
            throw new BadFileException(file, "has no photos in folders; give an archive with a folder for each class");
        }
        return Arrays.copyOf(classes, count);
    }
}
