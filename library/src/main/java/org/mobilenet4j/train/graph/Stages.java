package org.mobilenet4j.train.graph;

import java.util.ArrayList;
import java.util.List;
import org.mobilenet4j.parallel.Relay;

/// What all threads do together, one stage after the other.
public final class Stages extends Relay {
    /// One stage: shares of the work, counted from 0.
    public interface Stage {
        void run(int share);
    }

    private final List<Stage> stages;
    private final int[] shares;

    private Stages(List<Stage> stages, int[] shares, int threads) {
        super(stages.size(), threads);
        this.stages = List.copyOf(stages);
        this.shares = shares;
    }

    @Override
    protected int chunks(int stage) {
        return shares[stage];
    }

    @Override
    protected void run(int stage, int chunk, int home) {
        stages.get(stage).run(chunk);
    }

    /// Collects stages.
    public static final class Builder {
        private final List<Stage> stages = new ArrayList<>();
        private final List<Integer> shares = new ArrayList<>();

        /// A stage in `count` shares.
        public void add(int count, Stage stage) {
            stages.add(stage);
            shares.add(count);
        }

        /// A stage for one thread.
        public void alone(Runnable stage) {
            add(1, _ -> stage.run());
        }

        public Stages build(int threads) {
            return new Stages(
                    stages, shares.stream().mapToInt(Integer::intValue).toArray(), threads);
        }
    }
}
