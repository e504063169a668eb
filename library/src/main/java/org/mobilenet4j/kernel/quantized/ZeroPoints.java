package org.mobilenet4j.kernel.quantized;

import java.util.List;

/// The bytes that stand for zero in the maps that a kernel works on: from 0 to 255, of INT8 with 128 added.
///
/// @param inputs in the order of the kernel's inputs
/// @param output of the map that it writes
public record ZeroPoints(List<Integer> inputs, int output) {
    public ZeroPoints {
        inputs = List.copyOf(inputs);
    }

    /// Of a kernel with one input.
    public static ZeroPoints of(int input, int output) {
        return new ZeroPoints(List.of(input), output);
    }

    /// Of the only input, or the first one.
    public int input() {
        return inputs.getFirst();
    }
}
