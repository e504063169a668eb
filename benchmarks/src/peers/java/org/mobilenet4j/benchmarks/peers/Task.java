package org.mobilenet4j.benchmarks.peers;

/// What the engines do in a run.
enum Task {
    /// Inference of a batch.
    INFERENCE("-Xmx512m"),
    /// Inference of a batch with a quantized network.
    QUANTIZED("-Xmx512m"),
    /// Objects in a decoded photo, resizing and suppression included.
    DETECTION("-Xmx512m"),
    /// The same with a quantized network.
    QUANTIZED_DETECTION("-Xmx512m"),
    /// A training step: forward and backward pass of a batch, and the weight update. Ours keeps the activations on
    /// the Java heap.
    TRAINING("-Xmx6g");

    private final String heap;

    Task(String heap) {
        this.heap = heap;
    }

    /// Whether it goes from a photo to boxes.
    boolean detects() {
        return this == DETECTION || this == QUANTIZED_DETECTION;
    }

    /// The JVM option that limits its heap.
    String heap() {
        return heap;
    }

    /// Images of the run that ends a cold start, where rounds have `batch`.
    int coldBatch(int batch) {
        return this == TRAINING ? batch : 1;
    }
}
