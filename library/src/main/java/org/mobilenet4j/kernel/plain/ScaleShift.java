package org.mobilenet4j.kernel.plain;

import java.util.List;
import org.mobilenet4j.kernel.PlainKernel;
import org.mobilenet4j.kernel.layout.Clamp;
import org.mobilenet4j.kernel.layout.Plane;

/// `out[c] = clamp(in[c] * scale[c] + shift[c])` on every pixel: a batch normalization or an activation that could
/// not be fused into a convolution.
///
/// @param in the input
/// @param out the output, of the same shape; may be `in` itself
/// @param scale one factor per channel
/// @param shift one summand per channel
public record ScaleShift(Plane in, Plane out, Channels scale, Channels shift, Clamp clamp) implements PlainKernel {
    /// One value per channel.
    public static final class Channels {
        private final float[] values;

        /// Wraps `values`, taking ownership.
        public Channels(float[] values) {
            this.values = values;
        }

        /// The values themselves, which must not be changed.
        float[] values() {
            return values;
        }

        /// A copy of them.
        public float[] toArray() {
            return values.clone();
        }
    }

    public ScaleShift {
        int channels = in.shape().channels();
        if (!in.shape().equals(out.shape()) || scale.values.length != channels || shift.values.length != channels) {
            throw new IllegalArgumentException("an elementwise step from " + in.shape() + " to " + out.shape()
                    + " needs equal shapes and a scale and a shift for each channel");
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
                int source = in.at(y, x);
                int target = out.at(y, x);
                for (int c = 0; c < out.shape().channels(); c++) {
                    memory[target + c] = clamp.apply(memory[source + c] * scale.values[c] + shift.values[c]);
                }
            }
        }
    }
}
