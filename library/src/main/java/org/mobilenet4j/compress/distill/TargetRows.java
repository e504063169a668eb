package org.mobilenet4j.compress.distill;

import org.mobilenet4j.data.batch.Batch;

/// The targets of a batch: a row for each photo, the label probabilities first, then the teacher's output.
final class TargetRows {
    private final int classes;
    private final int answer;
    private final float[] values;

    TargetRows(int batch, int classes, int answer) {
        this.classes = classes;
        this.answer = answer;
        this.values = new float[Math.multiplyExact(batch, classes + answer)];
    }

    /// All rows.
    float[] values() {
        return values;
    }

    /// Copies the label probabilities.
    void label(Batch batch) {
        for (int row = 0; row < batch.count(); row++) {
            System.arraycopy(batch.targets(), row * classes, values, row * (classes + answer), classes);
        }
    }

    /// Where the teacher's output of `row` begins.
    int answer(int row) {
        return row * (classes + answer) + classes;
    }
}
