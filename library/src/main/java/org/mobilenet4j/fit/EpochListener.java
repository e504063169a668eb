package org.mobilenet4j.fit;

import java.util.Objects;
import java.util.function.Consumer;
import org.mobilenet4j.train.EpochResult;
import org.mobilenet4j.train.TrainingProgress;
import org.mobilenet4j.train.TrainingRun;

/// Tells the result of each epoch.
record EpochListener(Consumer<EpochResult> then) implements TrainingRun.Listener {
    static EpochListener of(Consumer<EpochResult> listener) {
        return new EpochListener(Objects.requireNonNull(listener, "listener"));
    }

    @Override
    public void epoch(TrainingProgress progress) {
        then.accept(progress.history().getLast());
    }
}
