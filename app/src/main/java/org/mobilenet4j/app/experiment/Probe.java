package org.mobilenet4j.app.experiment;

import java.io.IOException;
import org.mobilenet4j.data.Batch;
import org.mobilenet4j.data.Batches;
import org.mobilenet4j.train.Trainer;

/// Measures how long a network's training will take by a few steps of it.
final class Probe {
    private static final int MOST_STEPS = 8;
    private static final long MOST_NANOS = 2_000_000_000L;

    private Probe() {}

    /// Seconds for each photo of an epoch. The first steps, in which kernels are compiled, do not
    /// count.
    ///
    /// @throws IOException when the photos cannot be read
    static double secondsPerPhoto(Arm arm, Protocol protocol) throws IOException {
        var setup = protocol.setup(arm, 1);
        var trainer = Trainer.of(setup.network(), setup.start(), setup.options());
        try (var batches = Batches.training(setup.training(), protocol.batches(arm, 1))) {
            batches.start(0);
            steps(trainer, batches);
            long begin = System.nanoTime();
            int steps = steps(trainer, batches);
            return (System.nanoTime() - begin) / 1e9 / steps / protocol.recipe().batch();
        }
    }

    private static int steps(Trainer trainer, Batches batches) throws IOException {
        long begin = System.nanoTime();
        int steps = 0;
        while (steps == 0 || (steps < MOST_STEPS && System.nanoTime() - begin < MOST_NANOS)) {
            var batch = next(batches);
            trainer.step(batch.images(), batch.targets(), batch.count(), 1e-6);
            steps++;
        }
        return steps;
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
