package org.mobilenet4j.kernel.plain;

import java.util.List;
import org.mobilenet4j.kernel.PlainKernel;
import org.mobilenet4j.kernel.layout.Exponential;
import org.mobilenet4j.kernel.layout.Plane;

/// `exp(x[c] - max) / sum over k of exp(x[k] - max)` over the channels of each pixel. Exponentials are
/// those of [Exponential], rounded to floats; four sums of doubles, every fourth channel's, are added last.
///
/// @param in the input
/// @param out the output, of the same shape; may be `in` itself
public record SoftmaxKernel(Plane in, Plane out) implements PlainKernel {
    public SoftmaxKernel {
        if (!in.shape().equals(out.shape())) {
            throw new IllegalArgumentException(
                    "softmax cannot change the shape from " + in.shape() + " to " + out.shape());
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
        float max = Float.NEGATIVE_INFINITY;
        for (int c = 0; c < channels; c++) {
            max = Math.max(max, memory[source + c]);
        }
        for (int c = 0; c < channels; c++) {
            memory[target + c] = (float) Exponential.of(memory[source + c] - max);
        }
        double even = sum(memory, target, 0) + sum(memory, target, 2);
        double odd = sum(memory, target, 1) + sum(memory, target, 3);
        double scale = 1 / (even + odd);
        for (int c = 0; c < channels; c++) {
            memory[target + c] = (float) (memory[target + c] * scale);
        }
    }

    /// Every fourth value from `first` on.
    private double sum(float[] memory, int target, int first) {
        double sum = 0;
        for (int c = first; c < in.shape().channels(); c += 4) {
            sum += memory[target + c];
        }
        return sum;
    }
}
