package org.mobilenet4j.app.experiment.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.mobilenet4j.app.output.TextFile;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.file.ModelFile;
import org.mobilenet4j.train.EpochResult;

/// Where one run keeps its files: `runs/NETWORK-seedN` in the experiments' folder.
///
/// @param path of it
/// @param arm whose weights are made
/// @param seed with
public record RunFolder(Path path, Arm arm, long seed) {
    public static RunFolder of(Path out, Arm arm, long seed) {
        return new RunFolder(out.resolve("runs").resolve(name(arm, seed)), arm, seed);
    }

    /// The same seed's of another arm.
    RunFolder sibling(Arm other) {
        return new RunFolder(path.resolveSibling(name(other, seed)), other, seed);
    }

    private static String name(Arm arm, long seed) {
        return arm.key() + "-seed" + seed;
    }

    /// The last epoch's averaged weights.
    public Path model() {
        return path.resolve("model.safetensors");
    }

    /// From which it goes on; gone when it is done.
    public Path checkpoint() {
        return path.resolve("run.checkpoint");
    }

    /// There when it is done.
    private Path resultFile() {
        return path.resolve("result.json");
    }

    /// What came of it, if it is done.
    ///
    /// @throws IOException when its file is damaged, or is another training's
    public Optional<RunResult> result() throws IOException {
        if (!Files.exists(resultFile())) {
            return Optional.empty();
        }
        var result = JsonFile.read(resultFile(), RunResult.class);
        if (!result.isOf(arm, seed)) {
            throw new IOException(
                    resultFile() + ": is of another network, teacher, rounding or seed than its folder's name says;"
                            + " remove the folder, and it will be made again");
        }
        return Optional.of(result);
    }

    /// What a training that is done has left, to go on with.
    ///
    /// @throws IOException when it is not there, or another network's
    Model trained() throws IOException {
        if (result().isEmpty() || !Files.exists(model())) {
            throw new IOException(model() + ": is needed to make integers of, and is not there; remove the folder,"
                    + " and it will be trained again");
        }
        var found = ModelFile.read(model());
        if (found.quantization().isPresent()
                || !found.network().parameters().equals(arm.network().parameters())) {
            throw new IOException(model() + ": is of another network than its folder's name says; remove the folder,"
                    + " and it will be trained again");
        }
        return found;
    }

    public void writeMetrics(List<EpochResult> history) throws IOException {
        var csv = new StringBuilder(EpochResult.HEADER).append('\n');
        history.forEach(epoch -> csv.append(epoch.csv()).append('\n'));
        TextFile.write(path.resolve("metrics.csv"), csv.toString());
    }

    /// Keeps the result; the checkpoint has served.
    public void finish(RunResult result) throws IOException {
        JsonFile.write(resultFile(), result);
        Files.deleteIfExists(checkpoint());
    }
}
