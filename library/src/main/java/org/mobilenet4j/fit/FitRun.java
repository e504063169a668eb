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
        return run(
                file,
                checkpoint,
                "the training was interrupted; " + checkpoint
                        + " holds it so far, and the same training goes on from there");
    }

    /// The result, with nothing left of its files.
    Fit inMemory() throws IOException {
        var folder = Files.createTempDirectory("mobilenet4j-");
        try {
            return run(
                    folder.resolve("model" + ENDING),
                    folder.resolve("model.checkpoint"),
                    "the training was interrupted; train into a file to go on from there");
        } finally {
            try (var files = Files.list(folder)) {
                for (var file : files.toList()) {
                    Files.deleteIfExists(file);
                }
            }
            Files.deleteIfExists(folder);
        }
    }

    /// @param ifInterrupted what is said of a training whose thread was interrupted
    private Fit run(Path file, Path checkpoint, String ifInterrupted) throws IOException {
        try (var run = Checkpoint.unfinished(checkpoint).isPresent()
                ? TrainingRun.resume(setup, file, checkpoint)
                : TrainingRun.start(setup, file, checkpoint)) {
            var interruption = new Interruption(run, listener);
            boolean isFinished = run.run(interruption);
            var fit = isFinished ? result(run, file) : null;
            interruption.restore();
            if (fit == null) {
                throw new InterruptedIOException(ifInterrupted);
            }
            return fit;
        } catch (IOException e) {
            // An interrupted thread's files and queues fail in one way or another.
            if (!Thread.currentThread().isInterrupted()) {
                throw e;
            }
            var interrupted = new InterruptedIOException(ifInterrupted);
            interrupted.initCause(e);
            throw interrupted;
        }
    }

    private Fit result(TrainingRun run, Path file) throws IOException {
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

    /// Passes everything on, and stops the training at its next step when its thread is interrupted.
    private static final class Interruption implements TrainingRun.Listener {
        private final TrainingRun run;
        private final TrainingRun.Listener then;
        private boolean isInterrupted;

        Interruption(TrainingRun run, TrainingRun.Listener then) {
            this.run = run;
            this.then = then;
        }

        @Override
        public void step(TrainingProgress progress, int stepsPerEpoch, double loss) {
            then.step(progress, stepsPerEpoch, loss);
            look();
        }

        @Override
        public void epoch(TrainingProgress progress) throws IOException {
            then.epoch(progress);
            look();
        }

        /// The checkpoint can only be written by a thread that is not interrupted.
        private void look() {
            if (Thread.interrupted()) {
                isInterrupted = true;
                run.stop();
            }
        }

        /// Interrupts the thread again if it was.
        void restore() {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
