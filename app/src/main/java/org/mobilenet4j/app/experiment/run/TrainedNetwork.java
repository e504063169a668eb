package org.mobilenet4j.app.experiment.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.file.ModelFile;

/// A network that some experiment of a folder has trained, whichever it was.
///
/// @param name of its runs' folders, but the seed
/// @param network its layers
/// @param seeds how many trainings are done
/// @param top1 their mean accuracy, between 0 and 1
public record TrainedNetwork(String name, Network network, int seeds, double top1) {
    private static final Pattern RUN = Pattern.compile("(.+)-seed\\d+");
    private static final String RESULT = "result.json";
    private static final String MODEL = "model.safetensors";

    /// All whose floats were trained, by name.
    ///
    /// @param out the folder of the experiments
    /// @throws IOException when it is none, or a run is damaged
    public static List<TrainedNetwork> allOf(Path out) throws IOException {
        var runs = new TreeMap<String, List<Path>>();
        try (var folders = Files.list(out.resolve("runs"))) {
            for (var folder : folders.sorted().toList()) {
                var name = RUN.matcher(String.valueOf(folder.getFileName()));
                if (name.matches() && Files.exists(folder.resolve(RESULT)) && Files.exists(folder.resolve(MODEL))) {
                    runs.computeIfAbsent(name.group(1), _ -> new ArrayList<>()).add(folder);
                }
            }
        }
        var all = new ArrayList<TrainedNetwork>();
        for (var entry : runs.entrySet()) {
            var model = ModelFile.read(entry.getValue().getFirst().resolve(MODEL));
            if (model.quantization().isEmpty()) {
                all.add(of(entry.getKey(), model, entry.getValue()));
            }
        }
        return all;
    }

    private static TrainedNetwork of(String name, Model model, List<Path> folders) throws IOException {
        double sum = 0;
        for (var folder : folders) {
            sum += JsonFile.read(folder.resolve(RESULT), RunResult.class).top1();
        }
        return new TrainedNetwork(name, model.network(), folders.size(), sum / folders.size());
    }
}
