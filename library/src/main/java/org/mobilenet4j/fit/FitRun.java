package org.mobilenet4j.fit;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.model.file.ModelFile;
import org.mobilenet4j.train.Checkpoint;
import org.mobilenet4j.train.TrainingProgress;
import org.mobilenet4j.train.TrainingRun;
import org.mobilenet4j.train.TrainingSetup;
import org.mobilenet4j.train.Validation;

/// A training from its first epoch, or from where it was interrupted, to its last.
record FitRun(TrainingSetup setup, TrainingRun.Listener listener) {
    private static final String ENDING = ".safetensors";

    /// The result, with the model and the checkpoint kept in `file` and beside it.
    Fit into(Path file) throws IOException {
        var name = String.valueOf(file.getFileName());
        if (!name.endsWith(ENDING) || name.equals(ENDING)) {
            throw new BadValueException(file + ": the name of a trained model must end in " + ENDING);
        }
        var checkpoint = file.resolveSibling(name.substring(0, name.length() - ENDING.length()) + ".checkpoint");
        try (var run = Checkpoint.unfinished(checkpoint).isPresent()
                ? TrainingRun.resume(setup, file, checkpoint)
                : TrainingRun.start(setup, file, checkpoint)) {
            if (!run.run(new Interruptible(run, listener))) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("the training was interrupted; " + checkpoint
                        + " holds it so far, and the same training goes on from there");
            }
            var progress = run.progress();
            var best = progress.history().get(progress.bestEpoch() - 1);
            int images = setup.photos().validation().size() - run.unvalidated().count();
            return new Fit(
                    ModelFile.read(MemorySegment.ofArray(Files.readAllBytes(file))),
                    new Validation(images, best.top1(), best.top5()),
                    progress.history(),
                    run.unreadable(),
                    run.unvalidated());
        }
    }

    /// The result, with nothing left of its files.
    Fit inMemory() throws IOException {
        var folder = Files.createTempDirectory("mobilenet4j-");
        try {
            return into(folder.resolve("model" + ENDING));
        } finally {
            try (var files = Files.list(folder)) {
                for (var file : files.toList()) {
                    Files.deleteIfExists(file);
                }
            }
            Files.deleteIfExists(folder);
        }
    }

    /// Passes everything on, and stops the training when its thread is interrupted.
    private record Interruptible(TrainingRun run, TrainingRun.Listener then) implements TrainingRun.Listener {
        @Override
        public void step(TrainingProgress progress, int stepsPerEpoch, double loss) {
            then.step(progress, stepsPerEpoch, loss);
            if (Thread.interrupted()) {
                run.stop();
            }
        }

        @Override
        public void epoch(TrainingProgress progress) throws IOException {
            then.epoch(progress);
        }
    }
}
