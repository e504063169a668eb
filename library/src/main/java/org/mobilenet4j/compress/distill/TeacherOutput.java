package org.mobilenet4j.compress.distill;

/// The part of a teacher's outputs that a student learns from.
sealed interface TeacherOutput {
    /// The number of values per photo.
    int width();

    /// Writes them to `target` from `to` on; the outputs lie in `outputs` from `from` on.
    void write(float[] outputs, int from, float[] target, int to);

    /// Logits, the last layer's output before its softmax. If the outputs are probabilities, their logarithms,
    /// which equal the logits up to a constant that softmax ignores; so for a subset of the classes they are the
    /// teacher's prediction renormalized over the subset.
    record Scores(ClassMap classes, boolean isAfterSoftmax) implements TeacherOutput {
        @Override
        public int width() {
            return classes.size();
        }

        @Override
        public void write(float[] outputs, int from, float[] target, int to) {
            for (int i = 0; i < classes.size(); i++) {
                float value = outputs[from + classes.output(i)];
                // A probability that underflows is small, not zero.
                target[to + i] = isAfterSoftmax ? (float) Math.log(Math.max(value, Float.MIN_VALUE)) : value;
            }
        }
    }

    /// Independent probabilities.
    record Probabilities(ClassMap classes) implements TeacherOutput {
        @Override
        public int width() {
            return classes.size();
        }

        @Override
        public void write(float[] outputs, int from, float[] target, int to) {
            for (int i = 0; i < classes.size(); i++) {
                target[to + i] = outputs[from + classes.output(i)];
            }
        }
    }

    /// All outputs, of a teacher without its last layer.
    record Features(int width) implements TeacherOutput {
        @Override
        public void write(float[] outputs, int from, float[] target, int to) {
            System.arraycopy(outputs, from, target, to, width);
        }
    }
}
