package org.mobilenet4j.app.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.mobilenet4j.train.EpochResult;

/// Where one training keeps its files: `runs/NETWORK-seedN` in the experiments' folder.
///
/// @param path of it
/// @param arm what is trained
/// @param seed with
record RunFolder(Path path, Arm arm, long seed) {
    static RunFolder of(Path out, Arm arm, long seed) {
        return new RunFolder(out.resolve("runs").resolve(arm.key() + "-seed" + seed), arm, seed);
    }

    /// The last epoch's averaged weights.
    Path model() {
        return path.resolve("model.safetensors");
    }

    /// From which it goes on; gone when it is done.
    Path checkpoint() {
        return path.resolve("run.checkpoint");
    }

    /// There when it is done.
    private Path resultFile() {
        return path.resolve("result.json");
    }

    /// What came of it, if it is done.
    ///
    /// @throws IOException when its file is damaged, or is another training's
    Optional<RunResult> result() throws IOException {
        if (!Files.exists(resultFile())) {
            return Optional.empty();
        }
        var result = JsonFile.read(resultFile(), RunResult.class);
        if (!result.isOf(arm, seed)) {
            throw new IOException(
                    resultFile() + ": is of another network, teacher or seed than its folder's name says; remove the"
                            + " folder, and it will be trained again");
        }
        return Optional.of(result);
    }

    void writeMetrics(List<EpochResult> history) throws IOException {
        var csv = new StringBuilder(EpochResult.HEADER).append('\n');
        history.forEach(epoch -> csv.append(epoch.csv()).append('\n'));
        TextFile.write(path.resolve("metrics.csv"), csv.toString());
    }

    /// Keeps the result; the checkpoint has served.
    void finish(RunResult result) throws IOException {
        JsonFile.write(resultFile(), result);
        Files.deleteIfExists(checkpoint());
    }
}
