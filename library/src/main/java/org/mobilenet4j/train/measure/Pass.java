package org.mobilenet4j.train.measure;

/// What a kernel does within a stage of a training step.
public enum Pass {
    /// A matrix is packed.
    PACK("packing"),
    /// A map is read through normalization and activation.
    ACTIVATE("normalizing"),
    /// Windows are copied to rows.
    UNFOLD("unfolding"),
    /// Products of matrices.
    PRODUCT("product"),
    /// A depthwise filter.
    DEPTHWISE("depthwise filter"),
    /// Means and variances of what was written.
    STATISTICS("statistics"),
    /// The gradient of a normalization's input is computed as it is read.
    COMBINE("gradient through normalization"),
    /// Gradients of weights.
    WEIGHT_GRADIENT("weight gradient"),
    /// A gradient is masked by an activation, and summed for the normalization before it.
    DEACTIVATE("gradient through activation"),
    /// Fake quantization, forward or backward.
    FAKE_QUANTIZE("fake quantization"),
    /// The optimizer changes the weights.
    OPTIMIZE("optimizer"),
    /// The weights' moving average.
    AVERAGE("average"),
    /// All that is not in kernels: copies, sums, plain loops.
    OTHER("other"),
    /// Threads wait for the last one of a stage.
    WAIT("waiting");

    private final String text;

    Pass(String text) {
        this.text = text;
    }

    /// As reports name it.
    public String text() {
        return text;
    }
}
