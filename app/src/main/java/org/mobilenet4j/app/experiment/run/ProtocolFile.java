package org.mobilenet4j.app.experiment.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.mobilenet4j.text.OneLine;

/// `protocol.json`: what the runs of a folder have in common. Runs of another protocol are not mixed
/// with them.
public final class ProtocolFile {
    private static final String NAME = "protocol.json";

    private ProtocolFile() {}

    /// Writes the settings of a new folder, or checks those of an old one.
    ///
    /// @throws IOException when the folder's runs were made with another setting
    public static void check(Path folder, Map<String, String> settings) throws IOException {
        var file = folder.resolve(NAME);
        if (!Files.exists(file)) {
            return;
        }
        var was = new HashMap<String, Object>();
        Map<?, ?> read = JsonFile.read(file, Map.class);
        read.forEach((name, value) -> was.put(Protocol.settingNamed(String.valueOf(name)), value));
        for (var setting : settings.entrySet()) {
            var then = String.valueOf(was.get(setting.getKey()));
            if (!setting.getValue().equals(then)) {
                throw new IOException(file + ": the runs of this folder were made with the " + setting.getKey() + " "
                        + OneLine.of(then) + ", not " + OneLine.of(setting.getValue())
                        + "; give the same, or another --out");
            }
        }
    }

    public static void write(Path folder, SequencedMap<String, String> settings) throws IOException {
        JsonFile.write(folder.resolve(NAME), settings);
    }
}
