package org.mobilenet4j.train;

import java.io.IOException;
import java.util.Optional;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.data.batch.Batch;
import org.mobilenet4j.data.batch.Rendering;

/// Another model that a network learns from in addition to the labels (knowledge distillation). Implementations are
/// in the package `org.mobilenet4j.compress.distill`, each with a matching [org.mobilenet4j.train.loss.Loss].
///
/// Immutable; [#open] allocates the working memory.
public interface Teacher {
    /// How it wants the photos preprocessed; none if it takes them as the network does, or needs none.
    Optional<Rendering> rendering();

    /// The network to train: `student` itself, or a network with all of its layers and some more, which are dropped
    /// after training.
    Network trained(Network student);

    /// What must be unchanged when training resumes: the teacher and its settings.
    String identity();

    /// Opens the teacher for batches of `batch` photos with `classes` classes, on `threads` threads.
    Lessons open(int batch, int classes, int threads);

    /// Computes a teacher's targets batch by batch. Not thread-safe; allocates nothing after the first batch.
    interface Lessons {
        /// For each photo the target of each class from the batch, followed by the teacher's output for the photo.
        /// The array is reused for the next batch.
        ///
        /// @throws IOException if the teacher has no output for a photo
        float[] targets(Batch batch) throws IOException;
    }
}
