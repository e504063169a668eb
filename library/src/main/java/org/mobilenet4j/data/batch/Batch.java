package org.mobilenet4j.data.batch;

import java.util.Arrays;
import org.mobilenet4j.data.Sample;

/// Inputs and targets for one training step. The arrays are reused: they hold this batch until the next one is
/// requested.
public final class Batch {
    private final int inputs;
    private final int classes;
    private final int seconds;
    private final float[] images;
    private final float[] second;
    private final float[] targets;
    private final int[] labels;
    private final int[] indices;
    private final boolean[] mirrored;
    private int count;
    private int epoch;
    private int step;

    /// @param size the most photos
    /// @param inputs values per photo
    /// @param seconds values of its second rendering, 0 if there is none
    Batch(int size, int inputs, int seconds, int classes) {
        this.inputs = inputs;
        this.seconds = seconds;
        this.classes = classes;
        this.images = new float[size * inputs];
        this.second = new float[size * seconds];
        this.targets = new float[size * classes];
        this.labels = new int[size];
        this.indices = new int[size];
        this.mirrored = new boolean[size];
    }

    void begin(int newEpoch, int newStep, int newCount) {
        epoch = newEpoch;
        step = newStep;
        count = newCount;
    }

    /// Sets the target of photo `index` to the class `label`.
    void label(int index, int label) {
        labels[index] = label;
        Arrays.fill(targets, index * classes, (index + 1) * classes, 0);
        targets[index * classes + label] = 1;
    }

    /// Records the photo at `place`, and sets its target to its class.
    void assign(int place, Sample sample) {
        indices[place] = sample.index();
        label(place, sample.label());
    }

    void mirrored(int place, boolean isMirrored) {
        mirrored[place] = isMirrored;
    }

    /// Copies photo `from` with its targets and metadata over photo `to`.
    void copy(int from, int to) {
        System.arraycopy(images, from * inputs, images, to * inputs, inputs);
        System.arraycopy(second, from * seconds, second, to * seconds, seconds);
        label(to, labels[from]);
        indices[to] = indices[from];
        mirrored[to] = mirrored[from];
    }

    void cutTo(int newCount) {
        count = newCount;
    }

    /// The network's inputs, one after the other; the first `count()` belong to this batch.
    public float[] images() {
        return images;
    }

    /// The same photos, with the same random choices, rendered for [BatchSpec#second]; empty if there is none.
    public float[] second() {
        return second;
    }

    /// For each photo a probability for each class, summing to one. One-hot, unless photos were mixed.
    public float[] targets() {
        return targets;
    }

    /// Each photo's class; where photos were mixed, that of the original one.
    public int[] labels() {
        return labels;
    }

    /// Each photo's [Sample#index]; where photos were mixed, that of the original one.
    public int[] indices() {
        return indices;
    }

    /// For each photo, whether it was flipped horizontally.
    public boolean[] mirrored() {
        return mirrored;
    }

    /// The number of photos.
    public int count() {
        return count;
    }

    /// The epoch, as passed to [Batches#start].
    public int epoch() {
        return epoch;
    }

    /// This batch's number in its epoch, from 0.
    public int step() {
        return step;
    }

    /// Such as `Batch[32 photos, step 7 of epoch 0]`.
    @Override
    public String toString() {
        return "Batch[" + count() + " photos, step " + step() + " of epoch " + epoch() + "]";
    }
}
