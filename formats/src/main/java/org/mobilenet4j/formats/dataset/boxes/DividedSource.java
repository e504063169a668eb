package org.mobilenet4j.formats.dataset.boxes;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import org.mobilenet4j.data.box.Annotations;

/// A folder whose parts are folders or files of their own.
///
/// @param folder the folder
/// @param parts the parts by their names
record DividedSource(Path folder, SortedMap<String, BoxSource> parts) implements BoxSource {
    @Override
    public List<String> splits() {
        return List.copyOf(parts.keySet());
    }

    @Override
    public Annotations read() throws IOException {
        throw SplitName.needed(folder, splits());
    }

    @Override
    public Annotations read(String split) throws IOException {
        var part = parts.get(split);
        if (part == null) {
            throw SplitName.unknown(folder, split, splits());
        }
        return part.read();
    }
}
