package org.mobilenet4j.benchmarks.peers;

/// What the engines do in a run.
enum Task {
    /// A batch through the network.
    INFERENCE("-Xmx512m"),
    /// A batch through a quantized network.
    QUANTIZED("-Xmx512m"),
    /// A step: a batch through the network and back, and the weights changed. Ours keeps the activations on Java's
    /// heap.
    TRAINING("-Xmx6g");

    private final String heap;

    Task(String heap) {
        this.heap = heap;
    }

    /// The JVM's option that limits its heap.
    String heap() {
        return heap;
    }

    /// Images of the run that a cold start ends with, where rounds have `batch`.
    int coldBatch(int batch) {
        return this == TRAINING ? batch : 1;
    }
}
