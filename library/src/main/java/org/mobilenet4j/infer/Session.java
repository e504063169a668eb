package org.mobilenet4j.infer;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.parallel.Workers;

/// One thread's working memory for a plan: while one runs it, others are refused. Threads that share a model share its
/// [Plan] and open a session each, or share a [PhotoRunner], which does that for them. Need not be closed.
///
/// With more than one thread, a single image is split by rows or channels of each layer, and a batch by images. The
/// result is the same, bit for bit, for any number of threads. Nothing is allocated after the first run.
public final class Session {
    /// Images of a batch that a thread runs through the network together; more would save little.
    private static final int GROUP = 4;

    private final Plan plan;
    private final int threads;
    private final BatchParallelTask batches;
    private final @Nullable LayerParallelTask layers;
    /// Whether a thread is running it.
    private final AtomicBoolean isRunning = new AtomicBoolean();

    private Session(Plan plan, int threads) {
        this.plan = plan;
        this.threads = Math.min(threads, Workers.shared().count() + 1);
        var memory = new ImageMemory();
        this.batches = new BatchParallelTask(plan, memory, this.threads);
        this.layers = this.threads > 1 ? new LayerParallelTask(plan, memory, this.threads) : null;
    }

    /// A session on one thread.
    public static Session open(Model model) {
        return open(model, SessionOptions.DEFAULT);
    }

    /// A session on `threads` threads.
    public static Session open(Model model, int threads) {
        return open(model, SessionOptions.DEFAULT.withThreads(threads));
    }

    /// A session with the given options.
    public static Session open(Model model, SessionOptions options) {
        return open(Plan.of(model, options), options.threads());
    }

    /// A session on a plan that other sessions may share.
    public static Session open(Plan plan, int threads) {
        Objects.requireNonNull(plan, "plan");
        if (threads < 1) {
            throw new BadValueException("the number of threads must be positive, not " + threads);
        }
        return new Session(plan, threads);
    }

    /// The plan that this session runs.
    public Plan plan() {
        return plan;
    }

    /// The number of threads.
    public int threads() {
        return threads;
    }

    /// Runs `batch` images, dense NHWC one after the other, and returns a new array with their outputs.
    ///
    /// @throws IllegalArgumentException if `input` does not hold exactly `batch` images
    /// @throws IllegalStateException if another thread is running this session
    public float[] run(float[] input, int batch) {
        if (batch < 1 || (long) batch * plan.outputShape().elements() > Integer.MAX_VALUE - 8) {
            throw new BadValueException("a batch must have at least one image and fit an array, not " + batch);
        }
        var output = new float[batch * plan.outputShape().elements()];
        run(input, batch, output);
        return output;
    }

    /// Runs `batch` images into `output`, without allocating.
    ///
    /// @throws IllegalArgumentException if an array does not hold exactly `batch` images or outputs
    /// @throws IllegalStateException if another thread is running this session
    public void run(float[] input, int batch, float[] output) {
        check("input", input.length, batch, plan.inputShape().elements());
        check("output", output.length, batch, plan.outputShape().elements());
        if (!isRunning.compareAndSet(false, true)) {
            throw new IllegalStateException(
                    "another thread is running this session; open one for each thread, on the same plan");
        }
        try {
            runAll(input, batch, output);
        } finally {
            isRunning.set(false);
        }
    }

    /// Full rounds of images in parallel; the rest layer by layer.
    private void runAll(float[] input, int batch, float[] output) {
        int together = layers == null ? batch : batch - batch % threads;
        if (together > 0) {
            batches.run(input, output, together, Math.min(GROUP, together / threads));
        }
        for (int image = together; image < batch && layers != null; image++) {
            layers.run(input, output, image);
        }
    }

    private static void check(String what, int length, int batch, int each) {
        if (batch < 1 || length != (long) batch * each) {
            throw new BadValueException("the " + what + " of " + batch + " images needs " + (long) batch * each
                    + " values (" + each + " each), not " + length);
        }
    }

    /// Such as `Session[Plan[...] on 2 threads]`.
    @Override
    public String toString() {
        return "Session[" + plan + " on " + threads + (threads == 1 ? " thread]" : " threads]");
    }
}
