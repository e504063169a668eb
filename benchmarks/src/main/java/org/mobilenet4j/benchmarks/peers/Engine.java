package org.mobilenet4j.benchmarks.peers;

/// One engine in one process, with its model and the images of a [Workload] loaded where it likes to
/// have them.
interface Engine {
    /// Runs the whole batch once. This is what is timed.
    void run() throws Exception;

    /// What the last run made, image after image.
    float[] output();

    /// The engine's version, as it states it.
    String version();

    /// Returns when the engine is as fast as it gets, apart from what some runs bring.
    default void awaitWarm() {}
}
