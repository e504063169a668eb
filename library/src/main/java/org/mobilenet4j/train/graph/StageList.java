package org.mobilenet4j.train.graph;

import java.util.ArrayList;
import java.util.List;
import org.mobilenet4j.parallel.StagedTask;
import org.mobilenet4j.parallel.Stages;

/// The stages that all threads run together, one after the other.
public final class StageList implements Stages {
    /// One stage: shares of the work, counted from 0.
    public interface Stage {
        void run(int share);
    }

    private final List<Stage> stages;
    private final List<StageLabel> labels;
    private final int[] shares;

    private StageList(List<Stage> stages, List<StageLabel> labels, int[] shares) {
        this.stages = List.copyOf(stages);
        this.labels = List.copyOf(labels);
        this.shares = shares;
    }

    /// What each stage is for.
    public List<StageLabel> labels() {
        return labels;
    }

    @Override
    public int count() {
        return shares.length;
    }

    @Override
    public int chunks(int stage) {
        return shares[stage];
    }

    @Override
    public void run(int stage, int chunk, int slot) {
        stages.get(stage).run(chunk);
    }

    /// Collects stages.
    public static final class Builder {
        private final List<Stage> stages = new ArrayList<>();
        private final List<StageLabel> labels = new ArrayList<>();
        private final List<Integer> shares = new ArrayList<>();
        private StageLabel label = new StageLabel(StageLabel.ALL, StageLabel.Phase.PREPARE);

        /// Says what the stages to come are for.
        public void begin(String layer, StageLabel.Phase phase) {
            label = new StageLabel(layer, phase);
        }

        /// Adds a stage with `count` shares.
        public void add(int count, Stage stage) {
            stages.add(stage);
            labels.add(label);
            shares.add(count);
        }

        /// Adds a stage for one thread.
        public void alone(Runnable stage) {
            add(1, _ -> stage.run());
        }

        /// The stages as a task for `threads` threads.
        public StagedTask build(int threads) {
            return build(threads, StepWatch.NONE);
        }

        /// The same with what `watch` puts around them.
        public StagedTask build(int threads, StepWatch watch) {
            var list = new StageList(
                    stages, labels, shares.stream().mapToInt(Integer::intValue).toArray());
            return new StagedTask(watch.stages(list, threads), threads);
        }
    }
}
