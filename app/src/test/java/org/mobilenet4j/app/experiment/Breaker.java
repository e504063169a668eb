package org.mobilenet4j.app.experiment;

import org.mobilenet4j.train.TrainingProgress;

/// Stops an experiment, or fails in it, after so many steps.
final class Breaker implements ExperimentRun.Listener {
    private final ExperimentRun run;
    private final boolean isCrash;
    private int left;

    Breaker(ExperimentRun run, int steps, boolean isCrash) {
        this.run = run;
        this.left = steps;
        this.isCrash = isCrash;
    }

    @Override
    public void step(PlannedRun planned, TrainingProgress progress, int stepsPerEpoch, double later) {
        left--;
        if (left == 0) {
            if (isCrash) {
                throw new IllegalStateException("a crash");
            }
            run.stop();
        }
    }
}
