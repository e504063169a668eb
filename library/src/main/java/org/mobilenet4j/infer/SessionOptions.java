package org.mobilenet4j.infer;

import java.util.Objects;
import org.mobilenet4j.error.BadValueException;

/// How a model is run.
///
/// @param threads number of threads of a session, from 1 up; capped at the number of processors
/// @param kernels which kernels run; the results are the same, bit for bit
/// @param numbers integer or float arithmetic
public record SessionOptions(int threads, Kernels kernels, Numbers numbers) {
    /// Which variant of each kernel runs.
    public enum Kernels {
        /// The fastest kernels that the process has and the property `mobilenet4j.kernels` permits: machine code from
        /// the start; others once they are ready, and plain loops for the first images, so that they come soon.
        AUTOMATIC,
        /// Plain loops, several times slower.
        SCALAR,
        /// Vectors from the start; very slow until compiled.
        VECTOR,
        /// Machine code from the start; if the process has none, the kernels that [#AUTOMATIC] ends up with.
        MACHINE
    }

    /// Which arithmetic a model is computed with.
    public enum Numbers {
        /// Integers if the model is quantized, otherwise floats.
        AUTOMATIC,
        /// Integers, bit-exact with TFLite; only for quantized models.
        INTEGERS,
        /// Floats; the weights of a quantized model are dequantized once, and activations are not quantized.
        FLOATS
    }

    /// One thread, automatic kernels and arithmetic.
    public static final SessionOptions DEFAULT = new SessionOptions(1, Kernels.AUTOMATIC);

    public SessionOptions {
        Objects.requireNonNull(kernels, "kernels");
        Objects.requireNonNull(numbers, "numbers");
        if (threads < 1) {
            throw new BadValueException("the number of threads must be positive, not " + threads);
        }
    }

    /// Automatic arithmetic.
    public SessionOptions(int threads, Kernels kernels) {
        this(threads, kernels, Numbers.AUTOMATIC);
    }

    /// With another number of threads.
    public SessionOptions withThreads(int newThreads) {
        return new SessionOptions(newThreads, kernels, numbers);
    }

    /// With other kernels.
    public SessionOptions withKernels(Kernels newKernels) {
        return new SessionOptions(threads, newKernels, numbers);
    }

    /// With other arithmetic.
    public SessionOptions withNumbers(Numbers newNumbers) {
        return new SessionOptions(threads, kernels, newNumbers);
    }
}
