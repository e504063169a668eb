package org.mobilenet4j.parallel;

/// Work in stages that come one after the other, each cut into chunks that may run in any order and by any thread.
public interface Stages {
    /// The number of stages, always the same.
    int count();

    /// The number of chunks of `stage`, from 0 up, the same throughout a run. Every thread asks; a late one may ask
    /// when
    /// the stage is over, and ignores the answer.
    int chunks(int stage);

    /// Does a chunk.
    ///
    /// @param slot of the thread that does it, from 0 up to the number of threads
    void run(int stage, int chunk, int slot);
}
