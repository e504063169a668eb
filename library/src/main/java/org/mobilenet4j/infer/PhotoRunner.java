package org.mobilenet4j.infer;

import java.util.Arrays;
import java.util.List;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.image.Image;
import org.mobilenet4j.parallel.Pool;
import org.mobilenet4j.parallel.StagedTask;
import org.mobilenet4j.parallel.Stages;
import org.mobilenet4j.parallel.Workers;

/// Runs photos through a plan, each cropped, resized and normalized as its model expects. Any number of threads can
/// share one, virtual threads too: it opens a [Session] for each photo that is being run, at most one for each
/// processor, and keeps it for later photos. While all are in use, callers wait.
public final class PhotoRunner {
    /// Photos of a batch that a session runs together; more would save little.
    private static final int GROUP = 4;

    private final Plan plan;
    private final int threads;
    private final Pool<PhotoSession> sessions;

    /// @param plan what runs
    /// @param threads of each session, from 1 up. With one, many photos at a time are run fastest; with more, a
    ///     single photo is
    public PhotoRunner(Plan plan, int threads) {
        if (threads < 1) {
            throw new BadValueException("the number of threads must be positive, not " + threads);
        }
        this.plan = plan;
        this.threads = threads;
        this.sessions = new Pool<>(processors(), () -> new PhotoSession(plan, threads));
        // A model that does not take photos is refused here, not when the first photo comes.
        sessions.with(_ -> this);
    }

    private static int processors() {
        return Workers.shared().count() + 1;
    }

    /// What runs.
    public Plan plan() {
        return plan;
    }

    /// The number of threads of each session.
    public int threads() {
        return threads;
    }

    /// The network's outputs for `photo`.
    public float[] run(Image photo) {
        return sessions.with(session -> session.run(List.of(photo)));
    }

    /// The network's outputs for each of `photos`, in their order, computed by the calling thread (and the session's
    /// other threads, if it has several) as one batch: for programs that keep all processors busy themselves.
    public List<float[]> runTogether(List<Image> photos) {
        return photos.isEmpty() ? List.of() : split(sessions.with(session -> session.run(photos)), photos.size());
    }

    private static List<float[]> split(float[] values, int count) {
        int each = values.length / count;
        var outputs = new float[count][];
        for (int i = 0; i < count; i++) {
            outputs[i] = Arrays.copyOfRange(values, i * each, (i + 1) * each);
        }
        return List.of(outputs);
    }

    /// The network's outputs for each of `photos`, in their order, computed on all processors.
    public List<float[]> run(List<Image> photos) {
        var batch = new Batch(List.copyOf(photos));
        new StagedTask(batch, Math.min(processors(), Math.max(1, batch.chunks(0)))).run();
        return List.of(batch.outputs);
    }

    /// One stage whose chunks are groups of photos.
    private final class Batch implements Stages {
        private final List<Image> photos;
        private final int group;
        private final float[][] outputs;

        Batch(List<Image> photos) {
            this.photos = photos;
            this.group = Math.clamp(photos.size() / processors(), 1, GROUP);
            this.outputs = new float[photos.size()][];
        }

        @Override
        public int count() {
            return 1;
        }

        @Override
        public int chunks(int stage) {
            return Math.ceilDiv(photos.size(), group);
        }

        @Override
        public void run(int stage, int chunk, int slot) {
            int first = chunk * group;
            var some = photos.subList(first, Math.min(first + group, photos.size()));
            var values = runTogether(some);
            for (int i = 0; i < some.size(); i++) {
                outputs[first + i] = values.get(i);
            }
        }
    }

    /// Such as `PhotoRunner[Plan[...]]`.
    @Override
    public String toString() {
        return "PhotoRunner[" + plan + "]";
    }
}
