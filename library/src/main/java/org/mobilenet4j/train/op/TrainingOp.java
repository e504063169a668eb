package org.mobilenet4j.train.op;

import org.mobilenet4j.kernel.Kernel;

/// One layer in training: forward and backward pass from its input feature maps to its output.
///
/// A batch is split into shards, one per thread. A shard's images are processed by one thread with its own working
/// memory, so that the result does not depend on timing.
public abstract class TrainingOp {
    /// Where an operation's working memory begins, which is on a cache line.
    static final int START = Kernel.LEAD;

    private final View[] inputs;
    private final FeatureMap output;
    /// For each input, whether to add to its gradient rather than overwrite it.
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

    /// Marks that the gradient of input `index` already holds contributions from other operations.
    public final void addAtInput(int index) {
        adds[index] = true;
    }

    final boolean adds(int index) {
        return adds[index];
    }

    /// Floats of working memory from [#START] on.
    public int scratch() {
        return 0;
    }

    /// Whether it has trained parameters.
    public boolean isTrained() {
        return false;
    }

    /// Reads the weights, before each batch.
    public void prepare(float[] values) {}

    /// The forward pass of images `from` to `to` of the batch.
    public abstract void forward(int from, int to, int shard, float[] scratch);

    /// The backward pass of the same images: gradients of the inputs and of the weights.
    public abstract void backward(int from, int to, int shard, float[] scratch);

    /// Writes the gradients of the weights, summed over all shards.
    public void collect(float[] gradients) {}

    /// Called before each batch.
    public void begin(long batch) {}
}
