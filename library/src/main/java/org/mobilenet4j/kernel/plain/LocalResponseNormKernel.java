package org.mobilenet4j.kernel.plain;

import java.util.List;
import org.mobilenet4j.arch.LocalResponseNorm;
import org.mobilenet4j.kernel.PlainKernel;
import org.mobilenet4j.kernel.layout.Plane;

/// AlexNet's normalization across neighboring channels:
/// `out[c] = in[c] / (k + alpha / n * sum over |j - c| <= n/2 of in[j]^2) ^ beta`.
///
/// @param in the input
/// @param out the output, of the same shape, in other memory
/// @param layer the constants
public record LocalResponseNormKernel(Plane in, Plane out, LocalResponseNorm layer) implements PlainKernel {
    public LocalResponseNormKernel {
        if (!in.shape().equals(out.shape())) {
            throw new IllegalArgumentException(
                    "normalization cannot change the shape from " + in.shape() + " to " + out.shape());
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
                pixel(memory, in.at(y, x), out.at(y, x));
            }
        }
    }

    private void pixel(float[] memory, int source, int target) {
        int channels = in.shape().channels();
        int half = layer.size() / 2;
        double factor = layer.alpha() / layer.size();
        for (int c = 0; c < channels; c++) {
            double squares = 0;
            for (int j = Math.max(c - half, 0); j <= Math.min(c + half, channels - 1); j++) {
                squares += (double) memory[source + j] * memory[source + j];
            }
            memory[target + c] = (float) (memory[source + c] * Math.pow(layer.k() + factor * squares, -layer.beta()));
        }
    }
}
