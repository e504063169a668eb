package org.mobilenet4j.app.experiment.run;

import java.io.IOException;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.data.batch.Batch;
import org.mobilenet4j.data.batch.Batches;
import org.mobilenet4j.train.Teacher;
import org.mobilenet4j.train.Trainer;
import org.mobilenet4j.train.TrainingAssembly;

/// Measures how long a network's training will take by a few steps of it.
final class Probe {
    private static final int MOST_STEPS = 8;
    private static final long MOST_NANOS = 2_000_000_000L;

    /// More than two, as kernels of a large network may still be being compiled in the second.
    private static final int ROUNDS = 4;

    /// The weights are thrown away.
    private static final double SMALL_RATE = 1e-6;

    private Probe() {}

    /// Seconds for each photo of an epoch, those of the fastest round of a few steps.
    ///
    /// @throws IOException when the photos cannot be read
    static double secondsPerPhoto(Network network, Trained how, Protocol protocol) throws IOException {
        var setup = protocol.setup(network, how, 1);
        var assembly = new TrainingAssembly(setup);
        var trainer = assembly.trainer();
        var lessons = assembly.lessons();
        try (var batches = Batches.training(setup.photos().train(), assembly.batches())) {
            batches.start(0);
            double best = Double.POSITIVE_INFINITY;
            for (int round = 0; round < ROUNDS; round++) {
                best = Math.min(best, secondsPerStep(trainer, batches, lessons));
            }
            return best / setup.options().recipe().batch();
        }
    }

    private static double secondsPerStep(Trainer trainer, Batches batches, Teacher.Lessons lessons) throws IOException {
        long begin = System.nanoTime();
        int steps = 0;
        while (steps == 0 || (steps < MOST_STEPS && System.nanoTime() - begin < MOST_NANOS)) {
            var batch = next(batches);
            trainer.step(batch.images(), lessons.targets(batch), batch.count(), SMALL_RATE);
            steps++;
        }
        return (System.nanoTime() - begin) / 1e9 / steps;
    }

    private static Batch next(Batches batches) throws IOException {
        var next = batches.next();
        if (next.isPresent()) {
            return next.get();
        }
        batches.start(0);
        return batches.next().orElseThrow();
    }
}
