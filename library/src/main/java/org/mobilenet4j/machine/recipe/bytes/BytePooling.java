package org.mobilenet4j.machine.recipe.bytes;

import org.mobilenet4j.kernel.OutputRescaling;

/// What pooling makes of a window of bytes.
public sealed interface BytePooling {
    /// The largest.
    record Max() implements BytePooling {}

    /// The sum over the number of values, rounded half away from zero; clamped, and moved by `shift`. Exact for windows
    /// of up to [#MOST_PIXELS] values.
    ///
    /// @param offset   what is added to each byte first: -128 for INT8, else 0
    /// @param least    the least mean
    /// @param greatest the greatest mean
    /// @param shift    from a mean to its byte
    record Average(int offset, int least, int greatest, int shift) implements BytePooling {
        /// Sums, and the halves of their number, stay below 2^24, so that a quotient of floats is cut to the right
        /// integer.
        public static final int MOST_PIXELS = 1 << 15;
    }

    /// The sum, rescaled.
    ///
    /// @param rescaling of one channel, whose bias counts for all
    /// @param zero      what is added to results, so that they are bytes
    record Mean(OutputRescaling rescaling, int zero) implements BytePooling {
        /// The greatest `zero`, in either direction.
        public static final int MOST_ZERO = 1 << 14;
    }
}
