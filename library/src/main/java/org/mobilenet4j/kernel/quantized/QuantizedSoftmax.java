package org.mobilenet4j.kernel.quantized;

import java.util.List;
import org.mobilenet4j.kernel.PlainKernel;
import org.mobilenet4j.kernel.layout.Plane;

/// Softmax of quantized values as in TFLite: the exponentials of all 256 differences from the maximum come from a
/// float table, and the quotient is rounded to the output's scale.
public final class QuantizedSoftmax implements PlainKernel {
    private static final int DISTANCES = 256;

    private final Plane in;
    private final Plane out;
    private final float[] exponentials = new float[DISTANCES];
    private final float outScale;
    private final QuantizedRange to;

    /// @param inScale scale of the input
    /// @param outScale scale of the output
    /// @param to quantization of the output
    public QuantizedSoftmax(Plane in, Plane out, float inScale, float outScale, QuantizedRange to) {
        if (!in.shape().equals(out.shape())) {
            throw new IllegalArgumentException(
                    "softmax cannot change the shape from " + in.shape() + " to " + out.shape());
        }
        this.in = in;
        this.out = out;
        this.outScale = outScale;
        this.to = to;
        for (int distance = 0; distance < DISTANCES; distance++) {
            exponentials[distance] = (float) Math.exp(-inScale * distance);
        }
    }

    /// The exponentials of all distances from the greatest value, times the input's scale.
    public float[] exponentials() {
        return exponentials.clone();
    }

    /// The output's scale.
    public float outScale() {
        return outScale;
    }

    /// Quantization of the output.
    public QuantizedRange to() {
        return to;
    }

    @Override
    public List<Plane> inputs() {
        return List.of(in);
    }

    @Override
    public Plane out() {
        return out;
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
        int channels = out.shape().channels();
        float most = memory[source];
        for (int c = 1; c < channels; c++) {
            most = Math.max(most, memory[source + c]);
        }
        float sum = 0;
        for (int c = 0; c < channels; c++) {
            sum += exponentials[(int) (most - memory[source + c])];
        }
        float factor = 1 / (sum * outScale);
        for (int c = 0; c < channels; c++) {
            float steps = exponentials[(int) (most - memory[source + c])] * factor;
            memory[target + c] = to.clamp((int) (steps + 0.5f) + to.zeroPoint());
        }
    }
}
