package org.mobilenet4j.kernel.plain;

import org.mobilenet4j.kernel.Kernel;
import org.mobilenet4j.kernel.layout.Plane;

/// Copies values: a branch into its part of a concatenation, or a feature map to other strides.
///
/// @param in the input
/// @param out the output, of the same shape
public record Copy(Plane in, Plane out) implements Kernel {
    public Copy {
        if (!in.shape().equals(out.shape())) {
            throw new IllegalArgumentException("cannot copy " + in.shape() + " to " + out.shape());
        }
    }

    /// One unit is one row.
    @Override
    public int units() {
        return out.shape().height();
    }

    @Override
    public void run(float[] memory, int from, int to) {
        for (int y = from; y < to; y++) {
            for (int x = 0; x < out.shape().width(); x++) {
                System.arraycopy(
                        memory, in.at(y, x), memory, out.at(y, x), out.shape().channels());
            }
        }
    }
}
