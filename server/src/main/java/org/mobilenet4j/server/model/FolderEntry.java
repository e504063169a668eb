package org.mobilenet4j.server.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// A model in a folder of models: `NAME.EXTENSION`, or `NAME/VERSION/...` with one model in it, as
/// TensorFlow Serving
/// has them.
///
/// @param key its name and version
/// @param model what is read
/// @param state of its files: changes when they do
record FolderEntry(Key key, Path model, String state) {
    /// What clients call it.
    record Key(String name, long version) {
        @Override
        public String toString() {
            return name + ":" + version;
        }
    }

    private static final Set<String> EXTENSIONS =
            Set.of("safetensors", "tflite", "onnx", "h5", "hdf5", "keras", "pb", "pt", "pth", "bin");
    /// Models that are folders are recognized by one of these.
    private static final List<String> WHOLE = List.of("saved_model.pb", "model.json");

    private static final int MOST = 1000;

    /// The models in `folder`, by name.
    static List<FolderEntry> in(Path folder) throws IOException {
        var entries = new ArrayList<FolderEntry>();
        for (var path : list(folder)) {
            var file = path.getFileName().toString();
            if (Files.isDirectory(path)) {
                versions(file, path, entries);
            } else if (isModel(file)) {
                add(file.substring(0, file.lastIndexOf('.')), 1, path, List.of(path), entries);
            }
        }
        return entries;
    }

    private static void versions(String name, Path folder, List<FolderEntry> entries) throws IOException {
        for (var path : list(folder)) {
            var version = path.getFileName().toString();
            if (Files.isDirectory(path) && version.matches("[1-9]\\d{0,17}")) {
                var files = list(path);
                var models = files.stream()
                        .filter(file -> isModel(file.getFileName().toString()))
                        .toList();
                for (var whole : WHOLE) {
                    if (Files.exists(path.resolve(whole))) {
                        models = List.of(whole.equals("model.json") ? path.resolve(whole) : path);
                    }
                }
                if (models.size() == 1) {
                    add(name, Long.parseLong(version), models.getFirst(), files, entries);
                }
            }
        }
    }

    private static void add(String name, long version, Path model, List<Path> files, List<FolderEntry> entries)
            throws IOException {
        if (!name.matches("[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}")) {
            return; // which could not be written in a path
        }
        var state = new StringBuilder();
        for (var file : files) {
            state.append(file.getFileName())
                    .append(' ')
                    .append(Files.size(file))
                    .append(' ')
                    .append(Files.getLastModifiedTime(file).toMillis())
                    .append('\n');
        }
        entries.add(new FolderEntry(new Key(name, version), model, state.toString()));
    }

    private static boolean isModel(String file) {
        int dot = file.lastIndexOf('.');
        return dot > 0 && EXTENSIONS.contains(file.substring(dot + 1).toLowerCase(Locale.ROOT));
    }

    private static List<Path> list(Path folder) throws IOException {
        try (var paths = Files.list(folder)) {
            return paths.filter(path -> !path.getFileName().toString().startsWith("."))
                    .sorted()
                    .limit(MOST)
                    .toList();
        }
    }
}
