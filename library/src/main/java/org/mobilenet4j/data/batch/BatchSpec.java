package org.mobilenet4j.data.batch;

import java.util.Optional;
import org.mobilenet4j.data.augment.Augmentation;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.tensor.Shape;

/// Settings of [Batches]. The number of threads does not change their content.
///
/// @param input the network's input
/// @param preprocessing the model's preprocessing
/// @param augmentation random changes, for training
/// @param size photos per batch
/// @param seed determines the order and every random change
/// @param threads number of threads that decode and augment
/// @param second rendering for another network that sees the same photos with the same random choices
/// @param boxes for photos of objects: their own augmentation, in place of `augmentation`, and their targets
public record BatchSpec(
        Shape input,
        Preprocessing preprocessing,
        Augmentation augmentation,
        int size,
        long seed,
        int threads,
        Optional<Rendering> second,
        Optional<BoxTargets> boxes) {
    private static final int MAX_THREADS = 1024;

    public BatchSpec {
        requireRoom(size, input);
        second.ifPresent(other -> requireRoom(size, other.input()));
        if (threads < 1 || threads > MAX_THREADS) {
            throw new BadValueException("batches need 1 to " + MAX_THREADS + " threads, not " + threads);
        }
        if (second.isPresent() && boxes.isPresent()) {
            throw new BadValueException("batches of objects are made for one network only");
        }
    }

    /// Batches for one network.
    public BatchSpec(
            Shape input, Preprocessing preprocessing, Augmentation augmentation, int size, long seed, int threads) {
        this(input, preprocessing, augmentation, size, seed, threads, Optional.empty(), Optional.empty());
    }

    /// Batches for two networks.
    public BatchSpec withSecond(Rendering other) {
        return new BatchSpec(input, preprocessing, augmentation, size, seed, threads, Optional.of(other), boxes);
    }

    /// Batches for the first network only.
    public BatchSpec withoutSecond() {
        return new BatchSpec(input, preprocessing, augmentation, size, seed, threads, Optional.empty(), boxes);
    }

    /// Batches of photos of objects.
    public BatchSpec withBoxes(BoxTargets targets) {
        return new BatchSpec(input, preprocessing, augmentation, size, seed, threads, second, Optional.of(targets));
    }

    private static void requireRoom(int size, Shape input) {
        if (size < 1 || (long) size * input.elements() > Shape.MAX_ELEMENTS) {
            throw new BadValueException("a batch of " + size + " inputs of " + input + " is not possible; take 1 to "
                    + Shape.MAX_ELEMENTS / input.elements());
        }
    }
}
