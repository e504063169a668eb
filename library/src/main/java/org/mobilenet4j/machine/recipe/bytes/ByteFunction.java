package org.mobilenet4j.machine.recipe.bytes;

import org.mobilenet4j.kernel.OutputRescaling;

/// A function of the bytes at the same place of one map or two.
public sealed interface ByteFunction {
    /// The byte itself.
    record Copy() implements ByteFunction {}

    /// What stands for the byte in the table of 256 bytes that the routine is given.
    record Lookup() implements ByteFunction {}

    /// The sum of what stands for the bytes in two tables of 256 integers that the routine is given, rescaled.
    ///
    /// @param rescaling of one channel
    /// @param zero      what is added to results, so that they are bytes
    record Sum(OutputRescaling rescaling, int zero) implements ByteFunction {}

    /// The product of both bytes less their zero points, rescaled.
    ///
    /// @param firstZero  the first input's zero point
    /// @param secondZero the second input's
    /// @param rescaling of one channel
    /// @param zero      what is added to results, so that they are bytes
    record Product(int firstZero, int secondZero, OutputRescaling rescaling, int zero) implements ByteFunction {}

    /// Softmax over a pixel's channels, from the exponentials of all 256 distances from the largest byte: floats that
    /// the
    /// routine is given.
    ///
    /// @param outScale  the output's scale, at least [#LEAST_SCALE]
    /// @param zeroPoint what is added to a result before it is clamped
    /// @param least     the least it can be
    /// @param greatest  the greatest
    /// @param shift     what is added then, so that it is a byte
    record Softmax(float outScale, int zeroPoint, int least, int greatest, int shift) implements ByteFunction {
        /// With this, quotients are finite.
        public static final float LEAST_SCALE = 1e-20f;
    }

    /// How many maps there are.
    default int inputs() {
        return this instanceof Sum || this instanceof Product ? 2 : 1;
    }
}
