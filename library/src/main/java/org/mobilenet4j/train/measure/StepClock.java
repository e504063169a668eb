package org.mobilenet4j.train.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mobilenet4j.kernel.Kernels;
import org.mobilenet4j.parallel.Stages;
import org.mobilenet4j.train.graph.StageLabel;
import org.mobilenet4j.train.graph.StageList;
import org.mobilenet4j.train.graph.StepWatch;

/// Times the stages of a training's steps, and the kernels within them, on each thread by itself.
public final class StepClock implements StepWatch {
    @SuppressWarnings("ThreadLocalUsage") // a clock's own; few are ever made
    private final ThreadLocal<Tally> current = new ThreadLocal<>();

    private List<StageLabel> labels = List.of();
    private Tally[] tallies = {};

    /// A pass of a stage in one step, of all threads together.
    ///
    /// @param nanos the threads' time
    /// @param bytes what kernels name as read and written, each once a call
    public record Entry(StageLabel stage, Pass pass, long nanos, long multAdds, long bytes) {}

    @Override
    public Kernels kernels(Kernels kernels) {
        return new TimedKernels(kernels, this);
    }

    @Override
    public Stages stages(StageList stages, int threads) {
        labels = stages.labels();
        tallies = new Tally[threads];
        Arrays.setAll(tallies, _ -> new Tally(stages.count()));
        return new TimedStages(stages);
    }

    /// How many threads run the stages.
    public int threads() {
        return tallies.length;
    }

    /// A kernel that began at the time `start` is done; one that runs outside of a step does not count.
    void ran(Pass pass, long start, long multAdds, long bytes) {
        long time = System.nanoTime() - start;
        var tally = current.get();
        if (tally != null) {
            tally.ran(pass, time, multAdds, bytes);
        }
    }

    /// Runs a step, and returns what it did: passes that took time, in the stages' order. The entries' times are
    /// the time of the step, times the number of threads.
    public List<Entry> time(Runnable step) {
        for (var tally : tallies) {
            tally.clear();
        }
        long start = System.nanoTime();
        step.run();
        var entries = new ArrayList<Entry>();
        for (int stage = 0; stage < labels.size(); stage++) {
            long end = start;
            for (var tally : tallies) {
                end = Math.max(end, tally.endOf(stage));
            }
            addTo(entries, stage, (end - start) * tallies.length);
            start = end;
        }
        return entries;
    }

    /// @param all the stage's time on all threads
    private void addTo(List<Entry> entries, int stage, long all) {
        long waiting = all;
        for (var pass : Pass.values()) {
            long nanos = 0;
            long multAdds = 0;
            long bytes = 0;
            for (var tally : tallies) {
                nanos += tally.nanos(stage, pass);
                multAdds += tally.multAdds(stage, pass);
                bytes += tally.bytes(stage, pass);
            }
            waiting -= nanos;
            if (pass == Pass.WAIT) {
                nanos = waiting;
            }
            if (nanos > 0) {
                entries.add(new Entry(labels.get(stage), pass, nanos, multAdds, bytes));
            }
        }
    }

    private final class TimedStages implements Stages {
        private final Stages stages;

        TimedStages(Stages stages) {
            this.stages = stages;
        }

        @Override
        public int count() {
            return stages.count();
        }

        @Override
        public int chunks(int stage) {
            return stages.chunks(stage);
        }

        @Override
        public void run(int stage, int chunk, int slot) {
            var tally = tallies[slot];
            current.set(tally);
            tally.begin(stage);
            long start = System.nanoTime();
            stages.run(stage, chunk, slot);
            tally.end(start, System.nanoTime());
        }
    }
}
