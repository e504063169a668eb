package org.mobilenet4j.data.batch;

import java.util.Arrays;
import org.mobilenet4j.data.Sample;
import org.mobilenet4j.data.augment.PlacedBoxes;

/// Inputs and targets for one training step. The arrays are reused: they hold this batch until the next one is
/// requested.
public final class Batch {
    private final int inputs;
    /// Values of a photo's targets.
    private final int width;

    private final int seconds;
    private final float[] images;
    private final float[] second;
    private final float[] targets;
    private final int[] labels;
    private final int[] indices;
    private final boolean[] mirrored;
    /// The objects of each photo; none where photos have classes.
    private final PlacedBoxes[] boxes;

    private int count;
    private int epoch;
    private int step;

    /// @param size the most photos
    /// @param inputs values per photo
    /// @param seconds values of its second rendering, 0 if there is none
    Batch(int size, int inputs, int seconds, int classes) {
        this(size, inputs, seconds, classes, false);
    }

    /// @param width values of a photo's targets
    /// @param hasBoxes whether the targets are those of boxes, which are written in the end
    private Batch(int size, int inputs, int seconds, int width, boolean hasBoxes) {
        this.inputs = inputs;
        this.seconds = seconds;
        this.width = width;
        this.images = new float[size * inputs];
        this.second = new float[size * seconds];
        this.targets = new float[Math.multiplyExact(size, width)];
        this.labels = new int[size];
        this.indices = new int[size];
        this.mirrored = new boolean[size];
        this.boxes = new PlacedBoxes[hasBoxes ? size : 0];
        Arrays.setAll(boxes, _ -> new PlacedBoxes());
    }

    /// A batch for photos of objects.
    ///
    /// @param targets values of a photo's targets
    static Batch ofBoxes(int size, int inputs, int targets) {
        return new Batch(size, inputs, 0, targets, true);
    }

    void begin(int newEpoch, int newStep, int newCount) {
        epoch = newEpoch;
        step = newStep;
        count = newCount;
    }

    /// Sets the target of photo `index` to the class `label`.
    void label(int index, int label) {
        labels[index] = label;
        if (boxes.length == 0) {
            Arrays.fill(targets, index * width, (index + 1) * width, 0);
            targets[index * width + label] = 1;
        }
    }

    /// Records the photo at `place`, and sets its target to its class; boxes are set when the photo is rendered.
    void assign(int place, Sample sample) {
        indices[place] = sample.index();
        label(place, sample.label());
    }

    /// The objects of photo `index`, until the targets are written.
    PlacedBoxes boxes(int index) {
        return boxes[index];
    }

    /// Writes the targets of all photos of objects.
    void encode(BoxEncoding encoding) {
        for (int i = 0; i < count; i++) {
            encoding.encode(boxes[i], targets, i * width);
        }
    }

    void mirrored(int place, boolean isMirrored) {
        mirrored[place] = isMirrored;
    }

    /// Copies photo `from` with its targets and metadata over photo `to`.
    void copy(int from, int to) {
        System.arraycopy(images, from * inputs, images, to * inputs, inputs);
        System.arraycopy(second, from * seconds, second, to * seconds, seconds);
        label(to, labels[from]);
        if (boxes.length > 0) {
            boxes[to].set(boxes[from]);
        }
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

    /// For each photo a probability for each class, summing to one. One-hot, unless photos were mixed. With
    /// [BatchSpec#boxes], what their encoding wrote.
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
