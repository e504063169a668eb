package org.mobilenet4j.compress.distill;

/// What is taken of a teacher's outputs for a photo.
sealed interface TeacherOutput {
    /// How many numbers.
    int width();

    /// Writes them to `target` from `to` on; the outputs lie in `outputs` from `from` on.
    void write(float[] outputs, int from, float[] target, int to);

    /// Scores: what the last layer makes before its softmax. Where the outputs are probabilities, their
    /// logarithms, which are the scores but for a constant that no softmax sees; so a part of the
    /// classes is in itself the teacher's answer renormalized over that part.
    record Scores(ClassMap classes, boolean isAfterSoftmax) implements TeacherOutput {
        @Override
        public int width() {
            return classes.size();
        }

        @Override
        public void write(float[] outputs, int from, float[] target, int to) {
            for (int i = 0; i < classes.size(); i++) {
                float value = outputs[from + classes.output(i)];
                // What underflows is unlikely, not impossible.
                target[to + i] = isAfterSoftmax ? (float) Math.log(Math.max(value, Float.MIN_VALUE)) : value;
            }
        }
    }

    /// Probabilities that do not depend on each other.
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
