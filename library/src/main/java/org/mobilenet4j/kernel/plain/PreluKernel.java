package org.mobilenet4j.kernel.plain;

import java.util.List;
import org.mobilenet4j.kernel.PlainKernel;
import org.mobilenet4j.kernel.layout.Plane;

/// `out[c] = in[c] < 0 ? in[c] * slopes[c] : in[c]` on every pixel.
///
/// @param in the input
/// @param out the output, of the same shape; may be `in` itself
/// @param slopes one factor per channel
public record PreluKernel(Plane in, Plane out, ScaleShift.Channels slopes) implements PlainKernel {
    public PreluKernel {
        if (!in.shape().equals(out.shape())
                || slopes.values().length != in.shape().channels()) {
            throw new IllegalArgumentException("a PReLU from " + in.shape() + " to " + out.shape()
                    + " needs equal shapes and a slope for each channel");
        }
    }

    @Override
    public List<Plane> inputs() {
        return List.of(in);
    }

    @Override
    public void run(float[] memory, int from, int to) {
        var factors = slopes.values();
        for (int y = from; y < to; y++) {
            for (int x = 0; x < out.shape().width(); x++) {
                int source = in.at(y, x);
                int target = out.at(y, x);
                for (int c = 0; c < factors.length; c++) {
                    float value = memory[source + c];
                    memory[target + c] = value < 0 ? value * factors[c] : value;
                }
            }
        }
    }
}
