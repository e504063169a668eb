package org.mobilenet4j.parallel;

/// Work in consecutive stages, each divided into chunks that may run in any order and on any thread.
public interface Stages {
    /// The number of stages; it never changes.
    int count();

    /// The number of chunks of `stage`, from 0 up; constant throughout a run. Every thread asks; a late one may ask
    /// after the stage is over, and ignores the answer.
    int chunks(int stage);

    /// Runs a chunk.
    ///
    /// @param slot slot of the calling thread, from 0 up to the number of threads
    void run(int stage, int chunk, int slot);
}
