package org.mobilenet4j.train;

import java.io.IOException;
import java.util.Optional;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.data.batch.Batch;
import org.mobilenet4j.data.batch.Rendering;

/// Another model from which a network learns besides the labels: what a training asks of it. The
/// package `org.mobilenet4j.compress.distill` makes them, each together with the [org.mobilenet4j.train.loss.Loss] that
/// knows its
/// targets.
///
/// Immutable; [#open] makes the working memory.
public interface Teacher {
    /// How it wants the photos that the network sees; none where it takes them as the network does, or
    /// needs none.
    Optional<Rendering> rendering();

    /// What is trained: `student` itself, or a network that has all of its layers and some more. What
    /// these learn is dropped afterwards.
    Network trained(Network student);

    /// What must be the same when a training goes on: who teaches, and what.
    String identity();

    /// Lessons for batches of `batch` photos of `classes` classes, on `threads` threads.
    Lessons open(int batch, int classes, int threads);

    /// What a teacher says, batch by batch. Used by one thread at a time; allocates nothing after the
    /// first batch.
    interface Lessons {
        /// For each photo the share of each class, as the batch has it, and then what the teacher says
        /// of the photo. The array is used again for the next batch.
        ///
        /// @throws IOException when the teacher has nothing to say of a photo
        float[] targets(Batch batch) throws IOException;
    }
}
