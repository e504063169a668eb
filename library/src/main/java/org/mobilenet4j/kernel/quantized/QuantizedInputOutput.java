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
/// @param input where an image goes
/// @param quantize quantizes it
/// @param outputs where the parts of a result lie
record QuantizedInputOutput(Plane input, QuantizeKernel quantize, List<FloatMap> outputs) implements InputOutput {
    QuantizedInputOutput {
        outputs = List.copyOf(outputs);
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
        int size = outputs.stream()
                .mapToInt(output -> output.plane().shape().elements())
                .sum();
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
