package org.mobilenet4j.infer;

import org.mobilenet4j.error.BadValueException;
/// How a model is run.
///
/// @param threads how many threads share the work of one session, from 1 up; never more than there are processors
/// @param kernels which kernels run; the results are the same, bit for bit
/// @param numbers what is computed with

public record SessionOptions(int threads, Kernels kernels, Numbers numbers) {
    /// Which twin of each kernel runs.
    public enum Kernels {
        /// Plain loops for the first images, which come soon; then the fastest that the process has, as the property
        /// `mobilenet4j.kernels` permits, as soon as it is ready.
        AUTOMATIC,
        /// Plain loops, several times slower.
        SCALAR,
        /// Vectors from the start, very slow until they are compiled.
        VECTOR,
        /// Machine code of our own from the start; for integers, and where the process has none, what
        /// [#AUTOMATIC] comes to in the end.
        MACHINE
    }

    /// Which numbers a model computes with.
    public enum Numbers {
        /// Integers where the model is quantized, floats where it is not.
        AUTOMATIC,
        /// Integers, with TFLite's arithmetic to the bit; for quantized models alone.
        INTEGERS,
        /// Floats; the weights of a quantized model are made floats once, and nothing is rounded to its scales.
        FLOATS
    }

    /// One thread, kernels and numbers as they come.
    public static final SessionOptions DEFAULT = new SessionOptions(1, Kernels.AUTOMATIC);

    public SessionOptions {
        if (threads < 1) {
            throw new BadValueException("the number of threads must be positive, not " + threads);
        }
    }

    /// Numbers as they come.
    public SessionOptions(int threads, Kernels kernels) {
        this(threads, kernels, Numbers.AUTOMATIC);
    }

    /// With other threads.
    public SessionOptions withThreads(int newThreads) {
        return new SessionOptions(newThreads, kernels, numbers);
    }

    /// With other kernels.
    public SessionOptions withKernels(Kernels newKernels) {
        return new SessionOptions(threads, newKernels, numbers);
    }

    /// With other numbers.
    public SessionOptions withNumbers(Numbers newNumbers) {
        return new SessionOptions(threads, kernels, newNumbers);
    }
}
