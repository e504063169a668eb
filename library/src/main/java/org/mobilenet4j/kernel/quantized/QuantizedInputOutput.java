package org.mobilenet4j.kernel.quantized;

import java.util.List;
import org.mobilenet4j.kernel.InputOutput;
import org.mobilenet4j.kernel.Memory;
import org.mobilenet4j.kernel.QuantizeKernel;
import org.mobilenet4j.kernel.Warmth;
import org.mobilenet4j.kernel.layout.Plane;
import org.mobilenet4j.kernel.plain.FloatMap;

/// Images and results of a quantized network whose integers are floats in an array.
///
/// Nothing is allocated in a run, not even an iterator: hence the array.
final class QuantizedInputOutput implements InputOutput {
    private final Plane input;
    private final QuantizeKernel quantize;
    private final FloatMap[] outputs;
    private final int size;

    /// @param input where an image goes
    /// @param quantize quantizes it
    /// @param outputs where the parts of a result lie
    QuantizedInputOutput(Plane input, QuantizeKernel quantize, List<FloatMap> outputs) {
        this.input = input;
        this.quantize = quantize;
        this.outputs = outputs.toArray(FloatMap[]::new);
        this.size = outputs.stream()
                .mapToInt(output -> output.plane().shape().elements())
                .sum();
    }

    @Override
    public void load(float[] images, int image, Memory memory) {
        var shape = input.shape();
        boolean isWhole = input.pixelStride() == shape.channels();
        int count = isWhole ? shape.width() * shape.channels() : shape.channels();
        int from = image * shape.elements();
        for (int y = 0; y < shape.height(); y++) {
            for (int x = 0; x < shape.width(); x += isWhole ? shape.width() : 1) {
                quantize.run(images, from, memory.array(), input.at(y, x), count);
                from += count;
            }
        }
    }

    @Override
    public void store(Memory memory, float[] results, int image) {
        int at = image * size;
        for (var output : outputs) {
            output.copyTo(memory, results, at);
            at += output.plane().shape().elements();
        }
    }

    @Override
    public boolean warmUp(Memory memory, Warmth warmth) {
        return quantize.warmUp(memory.array(), warmth);
    }
}
