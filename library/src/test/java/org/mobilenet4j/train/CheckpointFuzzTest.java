package org.mobilenet4j.train;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.GlobalAveragePool;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.fuzz.ReaderLimits;
import org.mobilenet4j.tensor.Shape;
import org.mobilenet4j.train.optimize.ParameterLayout;

/// Checkpoints of a very small training.
class CheckpointFuzzTest {
    private static final Network NETWORK = new Network(
            "small",
            new Shape(2, 2, 2),
            Sequence.of(new BatchNorm("bn"), new GlobalAveragePool("pool"), Dense.of("fc", 2)));

    @TempDir
    private Path folder;

    static TrainerState state() {
        return new TrainerState(ParameterLayout.of(NETWORK), Recipe.DEFAULT);
    }

    static SequencedMap<String, String> identity() {
        var identity = new LinkedHashMap<String, String>();
        identity.put("network", "small");
        return identity;
    }

    static Stream<byte[]> seeds() throws IOException {
        var epoch = new EpochResult(1, 0.1, 2.5, 0.25, 0.5, 0.75, 12);
        var progress = new TrainingProgress(1, 3, 1.5, 20, 96, 1234, List.of(epoch), 1);
        var file = Files.createTempFile("seed", ".checkpoint");
        try {
            Checkpoint.write(file, state(), progress, identity());
            return Stream.of(Files.readAllBytes(file));
        } finally {
            Files.delete(file);
        }
    }

    @MethodSource("seeds")
    @FuzzTest
    void checkpoint(byte[] bytes) throws IOException {
        var file = Files.write(folder.resolve("hurt.checkpoint"), bytes);
        ReaderLimits.check(
                bytes.length,
                () -> {
                    var progress = Checkpoint.read(file, state(), identity());
                    progress.bestTop1();
                },
                BadFileException.class);
    }
}
