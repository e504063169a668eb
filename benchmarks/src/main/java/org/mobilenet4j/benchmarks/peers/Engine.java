package org.mobilenet4j.benchmarks.peers;

/// One engine in one process, with its model and the images of a [Workload] loaded wherever it prefers them.
interface Engine {
    /// Runs the whole batch once. This is what is timed.
    void run() throws Exception;

    /// The outputs of the last run, image after image.
    float[] output();

    /// The engine's version, as it reports it.
    String version();

    /// Returns when the engine is warm, up to what a few more runs gain.
    default void awaitWarm() {}
}
