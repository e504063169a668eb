package org.mobilenet4j.data;

import java.util.Arrays;

/// Inputs and targets for one step. The arrays are used again: they hold this batch until the next one
/// is asked for.
public final class Batch {
    private final int inputs;
    private final int classes;
    private final float[] images;
    private final float[] targets;
    private final int[] labels;
    private int count;
    private int epoch;
    private int step;

    /// @param size most photos
    /// @param inputs values of a photo
    Batch(int size, int inputs, int classes) {
        this.inputs = inputs;
        this.classes = classes;
        this.images = new float[size * inputs];
        this.targets = new float[size * classes];
        this.labels = new int[size];
    }

    void begin(int newEpoch, int newStep, int newCount) {
        epoch = newEpoch;
        step = newStep;
        count = newCount;
    }

    /// Makes `label` the truth about photo `index`.
    void label(int index, int label) {
        labels[index] = label;
        Arrays.fill(targets, index * classes, (index + 1) * classes, 0);
        targets[index * classes + label] = 1;
    }

    /// Copies photo `from` and its label over photo `to`.
    void copy(int from, int to) {
        System.arraycopy(images, from * inputs, images, to * inputs, inputs);
        label(to, labels[from]);
    }

    void cutTo(int newCount) {
        count = newCount;
    }

    /// The network's inputs, one after the other; the first `count()` are this batch's.
    public float[] images() {
        return images;
    }

    /// For each photo a share for each class; the shares sum to one. One and zeros, unless photos were
    /// mixed.
    public float[] targets() {
        return targets;
    }

    /// Each photo's class; where photos were mixed, that of the one which was there first.
    public int[] labels() {
        return labels;
    }

    /// The number of photos.
    public int count() {
        return count;
    }

    /// The epoch, as it was given to [Batches#start].
    public int epoch() {
        return epoch;
    }

    /// This batch's number in its epoch, from 0.
    public int step() {
        return step;
    }
}
