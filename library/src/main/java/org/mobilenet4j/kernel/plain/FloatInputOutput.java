package org.mobilenet4j.kernel.plain;

import org.mobilenet4j.kernel.InputOutput;
import org.mobilenet4j.kernel.Memory;
import org.mobilenet4j.kernel.layout.Plane;

/// Images and results of a network of floats.
///
/// @param input where an image goes
/// @param output where a result lies
public record FloatInputOutput(Plane input, FloatMap output) implements InputOutput {
    @Override
    public void load(float[] images, int image, Memory memory) {
        var shape = input.shape();
        boolean isWhole = input.pixelStride() == shape.channels();
        int count = isWhole ? shape.width() * shape.channels() : shape.channels();
        int from = image * shape.elements();
        for (int y = 0; y < shape.height(); y++) {
            for (int x = 0; x < shape.width(); x += isWhole ? shape.width() : 1) {
                memory.put(images, from, input.at(y, x), count);
                from += count;
            }
        }
    }

    @Override
    public void store(Memory memory, float[] results, int image) {
        output.copyTo(memory, results, image * output.plane().shape().elements());
    }
}
