package org.mobilenet4j.infer;

/// How a model is run.
///
/// @param threads how many threads share the work of one session, from 1 up; never more than there are processors
/// @param kernels which kernels run; the results are the same, bit for bit
public record SessionOptions(int threads, Kernels kernels) {
    /// Which twin of each kernel runs.
    public enum Kernels {
        /// Plain loops for the first images, which come soon; vectors as soon as the JIT has compiled them, where the
        /// process has the vector module.
        AUTOMATIC,
        /// Plain loops, several times slower.
        SCALAR,
        /// Vectors from the start, very slow until they are compiled.
        VECTOR
    }

    /// One thread, kernels as they come.
    public static final SessionOptions DEFAULT = new SessionOptions(1, Kernels.AUTOMATIC);

    public SessionOptions {
        if (threads < 1) {
            throw new IllegalArgumentException("the number of threads must be positive, not " + threads);
        }
    }

    /// With other threads.
    public SessionOptions withThreads(int newThreads) {
        return new SessionOptions(newThreads, kernels);
    }

    /// With other kernels.
    public SessionOptions withKernels(Kernels newKernels) {
        return new SessionOptions(threads, newKernels);
    }
}
