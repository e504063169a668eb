package org.mobilenet4j.data.batch;

import java.util.Arrays;
import org.mobilenet4j.data.Sample;

/// Inputs and targets for one step. The arrays are used again: they hold this batch until the next one
/// is asked for.
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

    /// @param size most photos
    /// @param inputs values of a photo
    /// @param seconds values of its second rendering, 0 where there is none
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

    /// Makes `label` the truth about photo `index`.
    void label(int index, int label) {
        labels[index] = label;
        Arrays.fill(targets, index * classes, (index + 1) * classes, 0);
        targets[index * classes + label] = 1;
    }

    /// Says which photo stands at `place`, and makes its class the truth about it.
    void assign(int place, Sample sample) {
        indices[place] = sample.index();
        label(place, sample.label());
    }

    void mirrored(int place, boolean isMirrored) {
        mirrored[place] = isMirrored;
    }

    /// Copies photo `from` and all that is known of it over photo `to`.
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

    /// The network's inputs, one after the other; the first `count()` are this batch's.
    public float[] images() {
        return images;
    }

    /// The same photos, changed by the same random choices, as [BatchSpec#second] wants them; empty
    /// where it wants none.
    public float[] second() {
        return second;
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

    /// Each photo's [Sample#index]; where photos were mixed, that of the one which was there first.
    public int[] indices() {
        return indices;
    }

    /// For each photo whether left became right.
    public boolean[] mirrored() {
        return mirrored;
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
