package org.mobilenet4j.train.op;

/// One layer in training: from the maps it reads to the map it writes, and back.
///
/// A batch is cut into shares, one for each thread. A share's images go through on one thread, with working
/// memory of its own, so that the result does not depend on who is faster.
public abstract class TrainingOp {
    private final View[] inputs;
    private final FeatureMap output;
    /// For each input, whether others give their gradient before.
    private final boolean[] adds;

    TrainingOp(FeatureMap output, View... inputs) {
        this.output = output;
        this.inputs = inputs.clone();
        this.adds = new boolean[inputs.length];
    }

    public final FeatureMap output() {
        return output;
    }

    public final int inputCount() {
        return inputs.length;
    }

    public final View input(int index) {
        return inputs[index];
    }

    final View input() {
        return inputs[0];
    }

    /// Says that on the way back somebody has given to the map of input `index` before.
    public final void addAtInput(int index) {
        adds[index] = true;
    }

    final boolean adds(int index) {
        return adds[index];
    }

    /// Floats of working memory.
    public int scratch() {
        return 0;
    }

    /// Whether there is anything in it that is trained.
    public boolean isTrained() {
        return false;
    }

    /// Takes over the weights, before each batch.
    public void prepare(float[] values) {}

    /// Images `from` to `to` of the batch.
    public abstract void forward(int from, int to, int shard, float[] scratch);

    /// The same images on the way back: gradients of what was read, and of the weights.
    public abstract void backward(int from, int to, int shard, float[] scratch);

    /// Writes the gradients of the weights, of all shares together.
    public void collect(float[] gradients) {}

    /// What is different in each batch.
    public void begin(long batch) {}
}
