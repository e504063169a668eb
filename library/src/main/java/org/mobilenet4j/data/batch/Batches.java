package org.mobilenet4j.data.batch;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.data.DataSet;
import org.mobilenet4j.data.Sample;
import org.mobilenet4j.data.SampleReader;
import org.mobilenet4j.data.SeededRandom;
import org.mobilenet4j.data.Unreadable;
import org.mobilenet4j.data.augment.Augmentation;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.text.Count;

/// Batches of a data set, epoch by epoch. Background threads decode and augment ahead of the trainer, into a few
/// batches that are reused.
///
/// Every random choice depends only on the seed, the epoch and the photo's position in it, so the same spec gives the
/// same batches, whatever the number of threads and wherever an epoch is resumed.
/// A photo that cannot be read is not a failure: it is counted ([#unreadable()]); in training another photo of its
/// batch replaces it, in validation it is left out.
/// For one consuming thread: [#start] an epoch, then [#next] until it returns none.
public final class Batches implements AutoCloseable {
    /// Batches that are ready or in preparation while one is in use.
    private static final int AHEAD = 3;

    private final DataSet data;
    private final BatchSpec spec;
    private final boolean training;
    private final Mixing mixing;
    private final List<Thread> threads = new ArrayList<>();
    private final Unreadable.Log unreadable = new Unreadable.Log();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final Condition ready = lock.newCondition();
    // All below are guarded by the lock.
    private final Slot[] ring = new Slot[AHEAD + 1];
    private @Nullable SampleReader reader;
    private @Nullable Throwable failure;
    private boolean closed;
    private int epoch;
    private int atWork;
    /// The position of the next photo that a thread will take.
    private long position;
    /// Batches below this number have, or had, a slot in the ring.
    private int begun;
    /// The batch that the consumer gets next; the one before is in its hands.
    private int step;

    private Batches(DataSet data, BatchSpec spec, boolean training) {
        this.data = data;
        this.spec = spec;
        this.training = training;
        int classes = data.labels().size();
        var second = spec.second().map(Rendering::input);
        this.mixing = new Mixing(spec.augmentation(), spec.input(), second.orElse(spec.input()), classes);
        for (int i = 0; i < ring.length; i++) {
            ring[i] = new Slot(spec, classes);
        }
        for (int i = 0; i < spec.threads(); i++) {
            var renderer = new Renderer(spec);
            threads.add(
                    Thread.ofPlatform().daemon().name("mobilenet4j-data-" + i).unstarted(() -> work(renderer)));
        }
        threads.forEach(Thread::start);
    }

    /// Batches for training: in random order, augmented; photos that do not fill a batch are dropped from the
    /// epoch.
    ///
    /// @throws BadFileException when a batch is larger than the data set
    /// @throws IllegalArgumentException when photos cannot become such an input
    public static Batches training(DataSet data, BatchSpec spec) throws BadFileException {
        if (spec.size() > data.size()) {
            throw new BadFileException(
                    data.name(),
                    "has " + Count.of(data.size(), "photo") + ", too few for a batch of " + spec.size()
                            + "; use a batch of " + "at most " + data.size());
        }
        return new Batches(data, spec, true);
    }

    /// Batches for validation: every photo once, in order, not augmented; the last batch may be smaller.
    ///
    /// @throws IllegalArgumentException when photos cannot become such an input
    public static Batches validation(DataSet data, BatchSpec spec) {
        if (data.size() == 0) {
            throw new BadValueException(data.name() + ": has no photos to validate on; add some");
        }
        int size = Math.min(spec.size(), data.size());
        var plain =
                new BatchSpec(spec.input(), spec.preprocessing(), Augmentation.NONE, size, spec.seed(), spec.threads());
        return new Batches(data, plain, false);
    }

    /// The number of batches in an epoch.
    public int perEpoch() {
        return training ? data.size() / spec.size() : Math.ceilDiv(data.size(), spec.size());
    }

    /// The unreadable photos of all batches returned so far.
    public Unreadable unreadable() {
        return unreadable.soFar();
    }

    /// Begins epoch `newEpoch` at its first batch; the rest of the current epoch is dropped.
    ///
    /// @throws IOException when the data cannot be read
    public void start(int newEpoch) throws IOException {
        start(newEpoch, 0);
    }

    /// Begins epoch `newEpoch` at batch number `firstStep`; the batches before it are skipped without decoding.
    ///
    /// @throws IOException when the data cannot be read
    public void start(int newEpoch, int firstStep) throws IOException {
        if (firstStep < 0 || firstStep > perEpoch()) {
            throw new BadValueException(
                    "an epoch has " + perEpoch() + " batches, so it cannot begin at batch " + firstStep);
        }
        lock.lock();
        try {
            stop();
            if (closed) {
                throw new IllegalStateException("these batches are closed");
            }
            failure = null;
            epoch = newEpoch;
            step = firstStep;
            position = (long) firstStep * spec.size();
            var opened = training ? data.shuffled(SeededRandom.mix(spec.seed(), newEpoch)) : data.inOrder();
            reader = opened;
            opened.skip(position);
            begun = firstStep;
            begin(firstStep + AHEAD);
        } finally {
            lock.unlock();
        }
    }

    /// The next batch of the epoch, or none after the last. This call invalidates the previous batch.
    ///
    /// @throws IOException when the data cannot be read, or no photo of a batch is readable
    public Optional<Batch> next() throws IOException {
        lock.lock();
        try {
            while (step < perEpoch()) {
                begin(step + ring.length);
                var slot = slot(step);
                while (!slot.ready() && failure == null) {
                    if (reader == null) {
                        throw new IllegalStateException("start an epoch first");
                    }
                    ready.await();
                }
                rethrow();
                slot.report(unreadable, length(step));
                step++;
                if (slot.batch().count() > 0) {
                    return Optional.of(slot.batch());
                }
                if (training) {
                    throw new BadFileException(
                            data.name(),
                            "none of the " + spec.size() + " photos of a batch can be read; the first: "
                                    + slot.firstProblem());
                }
            }
            return Optional.empty();
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            lock.unlock();
        }
    }

    /// Decodes the photos that epoch `lastEpoch` dropped because they do not fill a batch, so that those of them that
    /// cannot be read are counted too.
    ///
    /// @throws IOException when the data cannot be read
    public void readRest(int lastEpoch) throws IOException {
        long used = (long) perEpoch() * spec.size();
        if (!training || used == data.size()) {
            return;
        }
        try (var rest = data.shuffled(SeededRandom.mix(spec.seed(), lastEpoch))) {
            rest.skip(used);
            for (var next = rest.next(); next.isPresent(); next = rest.next()) {
                var sample = next.get();
                try {
                    sample.photo().decode();
                } catch (IOException problem) {
                    unreadable.add(sample.index(), String.valueOf(problem.getMessage()));
                }
            }
        }
    }

    /// Stops the threads.
    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            closed = true;
            room.signalAll();
            stop();
        } finally {
            lock.unlock();
        }
        threads.forEach(Batches::join);
    }

    /// Waits for `thread`, which ends with the photo that it works on, even where this thread is interrupted: other
    /// batches are closed after these.
    private static void join(Thread thread) {
        boolean isInterrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException _) {
                isInterrupted = true;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static InterruptedIOException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        var problem = new InterruptedIOException("interrupted while batches were made");
        problem.initCause(e);
        return problem;
    }

    private Slot slot(long ofStep) {
        return ring[(int) (ofStep % ring.length)];
    }

    private int length(int ofStep) {
        return (int) Math.min(spec.size(), data.size() - (long) ofStep * spec.size());
    }

    /// Assigns slots to the batches below number `end`.
    private void begin(int end) {
        for (; begun < Math.min(end, perEpoch()); begun++) {
            slot(begun).begin(epoch, begun, length(begun));
        }
        room.signalAll();
    }

    /// Closes the reader and waits for threads that still work on its photos.
    private void stop() throws IOException {
        var old = reader;
        reader = null;
        while (atWork > 0) {
            ready.awaitUninterruptibly();
        }
        if (old != null) {
            old.close();
        }
    }

    private void rethrow() throws IOException {
        switch (failure) {
            case null -> {}
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        }
    }

    /// A photo to be filled in by a thread.
    private record Task(Slot slot, int place, long position, Sample sample) {}

    private void work(Renderer renderer) {
        while (true) {
            try {
                var task = take();
                if (task == null) {
                    return;
                }
                fill(task, renderer);
            } catch (Throwable problem) {
                fail(problem);
            }
        }
    }

    /// The next photo, once there is room for it; null when the batches are closed.
    private @Nullable Task take() throws IOException {
        lock.lock();
        try {
            while (true) {
                if (closed) {
                    return null;
                }
                var current = reader;
                long wanted = position / spec.size();
                if (current != null && failure == null && wanted < begun && position < data.size()) {
                    var sample = current.next()
                            .orElseThrow(() -> new BadFileException(
                                    data.name(),
                                    "has fewer than the " + data.size()
                                            + " photos that it had; do not change the files while they are in use"));
                    int place = (int) (position % spec.size());
                    var slot = slot(wanted);
                    slot.assign(place, sample);
                    atWork++;
                    return new Task(slot, place, position++, sample);
                }
                room.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private void fill(Task task, Renderer renderer) {
        boolean last = false;
        try {
            decode(task, renderer);
            lock.lock();
            try {
                last = task.slot().done();
            } finally {
                lock.unlock();
            }
            if (last) {
                finish(task.slot());
            }
        } finally {
            lock.lock();
            try {
                atWork--;
                if (last) {
                    task.slot().publish();
                }
                ready.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private void decode(Task task, Renderer renderer) {
        try {
            var image = task.sample().photo().decode();
            var batch = task.slot().batch();
            renderer.apply(image, task.sample().target(), batch, task.place(), () -> random(batch, task.position()));
        } catch (IOException unreadable) {
            task.slot().fail(task.place(), String.valueOf(unreadable.getMessage()));
        }
    }

    private void finish(Slot slot) {
        if (training) {
            slot.replaceUnreadable();
            slot.complete(mixing, random(slot.batch(), -1 - slot.batch().step()));
        } else {
            slot.leaveOutUnreadable();
        }
    }

    private SplittableRandom random(Batch batch, long number) {
        return SeededRandom.random(spec.seed(), batch.epoch(), number);
    }

    private void fail(Throwable problem) {
        lock.lock();
        try {
            if (failure == null) {
                failure = problem;
            }
            ready.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String toString() {
        return "Batches[" + spec.size() + " each of " + data + "]";
    }
}
