package org.mobilenet4j.infer;

import org.mobilenet4j.kernel.Arithmetic;

/// How a model is run.
///
/// @param threads how many threads share the work of one session, from 1 up; never more than there are processors
/// @param scalar whether to run the plain reference kernels, several times slower; for comparison
public record SessionOptions(int threads, boolean scalar) {
    /// One thread, vectors where the process has them.
    public static final SessionOptions DEFAULT = new SessionOptions(1, false);

    public SessionOptions {
        if (threads < 1) {
            throw new IllegalArgumentException("the number of threads must be positive, not " + threads);
        }
    }

    /// With other threads.
    public SessionOptions withThreads(int newThreads) {
        return new SessionOptions(newThreads, scalar);
    }

    /// With the plain reference kernels.
    public SessionOptions withScalarKernels() {
        return new SessionOptions(threads, true);
    }

    Arithmetic arithmetic() {
        return scalar ? Arithmetic.SCALAR : Arithmetic.preferred();
    }
}
