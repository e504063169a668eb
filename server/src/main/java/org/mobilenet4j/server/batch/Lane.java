package org.mobilenet4j.server.batch;

import java.util.List;

/// A computation that several inputs may share a run of, such as one model's. Inputs are prepared one
/// by one and run as
/// a batch, both by a thread of the [Batcher]. Safe to share.
///
/// @param <I> what comes in
/// @param <P> what it becomes before it is run
/// @param <O> what comes out
public abstract class Lane<I, P, O> {
    /// How much a new measurement counts.
    private static final double WEIGHT = 0.2;

    private volatile double nanosEach;

    /// For subclasses.
    protected Lane() {}

    /// Makes `input` ready to be run; what it throws reaches the request that `input` came with, and
    /// no other.
    protected abstract P prepare(I input) throws Exception;

    /// One output for each of `inputs`, in their order.
    protected abstract List<O> run(List<P> inputs);

    /// The time of an input, prepared and run, in nanoseconds: a running mean, 0 before the first.
    final double nanosEach() {
        return nanosEach;
    }

    /// Threads may overwrite each other's, as any of them will do.
    final void measured(double nanos) {
        nanosEach = nanosEach == 0 ? nanos : nanosEach + WEIGHT * (nanos - nanosEach);
    }
}
