package org.mobilenet4j.data.batch;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.data.Sample;
import org.mobilenet4j.data.Unreadable;

/// A slot in the ring of batches: a batch that several threads fill, one photo at a time.
///
/// The counters are guarded by the lock of [Batches]; each photo's position belongs to the thread that fills it.
final class Slot {
    private final Batch batch;
    private final @Nullable BoxEncoding encoding;
    private final Mosaic mosaic;
    private final int[] indices;
    private final @Nullable String[] problems;
    private int open;
    private boolean ready;

    /// @param classes number of classes, where the photos have such
    Slot(BatchSpec spec, int classes) {
        int inputs = spec.input().elements();
        int seconds = spec.second().map(it -> it.input().elements()).orElse(0);
        var boxes = spec.boxes().orElse(null);
        this.encoding = boxes == null ? null : boxes.encoding();
        this.mosaic = new Mosaic(boxes == null ? 0 : boxes.augmentation().mosaic(), spec.input());
        this.batch = encoding == null
                ? new Batch(spec.size(), inputs, seconds, classes)
                : Batch.ofBoxes(spec.size(), inputs, encoding.values());
        this.indices = new int[spec.size()];
        this.problems = new String[spec.size()];
    }

    Batch batch() {
        return batch;
    }

    void begin(int epoch, int step, int count) {
        batch.begin(epoch, step, count);
        open = count;
        ready = false;
    }

    /// Assigns `sample` to `place`.
    void assign(int place, Sample sample) {
        indices[place] = sample.index();
        problems[place] = null;
        batch.assign(place, sample);
    }

    void fail(int place, String problem) {
        problems[place] = problem;
    }

    /// Counts a photo as done, and returns whether it was the last.
    boolean done() {
        return --open == 0;
    }

    void publish() {
        ready = true;
    }

    boolean ready() {
        return ready;
    }

    void report(Unreadable.Log log, int count) {
        for (int i = 0; i < count; i++) {
            var problem = problems[i];
            if (problem != null) {
                log.add(indices[i], problem);
            }
        }
    }

    /// Replaces each unreadable photo by the next readable one of the batch.
    ///
    /// Photos never move from batch to batch, so a batch can be made without those before it.
    void replaceUnreadable() {
        int count = batch.count();
        int readable = -1;
        // From the end, twice, so that the last ones find the first.
        for (int i = 2 * count - 1; i >= 0; i--) {
            int place = i % count;
            if (problems[place] == null) {
                readable = place;
            } else if (readable >= 0 && i < count) {
                batch.copy(readable, place);
            }
        }
        if (readable < 0) {
            batch.cutTo(0);
        }
    }

    /// Completes a batch of readable photos: exchanges parts of them at random, and writes the targets of objects.
    void complete(Mixing mixing, SplittableRandom random) {
        if (encoding == null) {
            mixing.apply(batch, random);
        } else {
            mosaic.apply(batch, random);
            batch.encode(encoding);
        }
    }

    /// Closes the gaps that unreadable photos leave.
    void leaveOutUnreadable() {
        int kept = 0;
        for (int i = 0; i < batch.count(); i++) {
            if (problems[i] == null) {
                if (kept < i) {
                    batch.copy(i, kept);
                }
                kept++;
            }
        }
        batch.cutTo(kept);
    }

    /// The problem of the first unreadable photo.
    String firstProblem() {
        return Arrays.stream(problems).filter(p -> p != null).findFirst().orElse("");
    }
}
