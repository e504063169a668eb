package org.mobilenet4j.kernel.plain;

import java.util.List;
import org.mobilenet4j.kernel.PlainKernel;
import org.mobilenet4j.kernel.layout.Plane;

/// Copies values: a branch into its part of a concatenation, or a feature map to other strides.
///
/// @param in the input
/// @param out the output, of the same shape
public record Copy(Plane in, Plane out) implements PlainKernel {
    public Copy {
        if (!in.shape().equals(out.shape())) {
            throw new IllegalArgumentException("cannot copy " + in.shape() + " to " + out.shape());
        }
    }

    @Override
    public List<Plane> inputs() {
        return List.of(in);
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
