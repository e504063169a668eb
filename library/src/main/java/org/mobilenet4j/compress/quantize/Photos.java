package org.mobilenet4j.compress.quantize;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.mobilenet4j.data.batch.Batches;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.tensor.Shape;

/// Photos in memory, preprocessed for a network, to be run many times.
public final class Photos {
    private final List<float[]> inputs;
    private final int[] labels;

    private Photos(List<float[]> inputs, int[] labels) {
        this.inputs = inputs;
        this.labels = labels;
    }

    /// All photos of `batches`; those that cannot be read are left out, and counted there.
    ///
    /// @param input shape of one photo
    /// @throws BadValueException when none can be read
    /// @throws IOException when the data cannot be read
    public static Photos of(Batches batches, Shape input) throws IOException {
        var inputs = new ArrayList<float[]>();
        var labels = new ArrayList<Integer>();
        int length = input.elements();
        batches.start(0);
        for (var next = batches.next(); next.isPresent(); next = batches.next()) {
            var batch = next.get();
            for (int i = 0; i < batch.count(); i++) {
                inputs.add(Arrays.copyOfRange(batch.images(), i * length, (i + 1) * length));
                labels.add(batch.labels()[i]);
            }
        }
        if (inputs.isEmpty()) {
            var problems = batches.unreadable().problems();
            throw new BadValueException("none of the photos for calibration can be read"
                    + (problems.isEmpty() ? "" : "; the first: " + problems.getFirst()));
        }
        return new Photos(inputs, labels.stream().mapToInt(Integer::intValue).toArray());
    }

    /// Photos from given inputs, each in HWC order; all have class 0.
    public static Photos of(List<float[]> inputs) {
        Objects.requireNonNull(inputs, "inputs");
        return new Photos(List.copyOf(inputs), new int[inputs.size()]);
    }

    /// The number of photos.
    public int count() {
        return inputs.size();
    }

    /// Passes the photos on one by one; they must not be modified.
    public void forEach(Consumer<float[]> action) {
        inputs.forEach(action);
    }

    /// The class of photo `index`.
    int label(int index) {
        return labels[index];
    }

    /// The first `most` photos.
    public Photos first(int most) {
        int count = Math.min(most, count());
        return new Photos(inputs.subList(0, count), Arrays.copyOf(labels, count));
    }

    /// All photos one after the other, as [org.mobilenet4j.infer.Session#run] takes them.
    float[] batch() {
        int length = inputs.getFirst().length;
        var all = new float[Math.multiplyExact(count(), length)];
        for (int i = 0; i < count(); i++) {
            System.arraycopy(inputs.get(i), 0, all, i * length, length);
        }
        return all;
    }

    /// Such as `Photos[256]`.
    @Override
    public String toString() {
        return "Photos[" + inputs.size() + "]";
    }
}
