package org.mobilenet4j.kernel.machine;

import org.mobilenet4j.kernel.InputOutput;
import org.mobilenet4j.kernel.Memory;
import org.mobilenet4j.kernel.plain.FloatMap;

/// TODO.
record ByteInputOutput(FloatMap input, FloatMap output) implements InputOutput {
    @Override
    public void load(float[] images, int image, Memory memory) {
        var shape = input.plane().shape();
        int from = image * shape.elements();
        var buffer = new float[1];
        for (int y = 0; y < shape.height(); y++) {
            for (int x = 0; x < shape.width(); x++) {
                for (int c = 0; c < shape.channels(); c++) {
                    float quotient = Math.min(
                            Math.max(images[from++] / input.scale(), -input.zeroPoint()), 255 - input.zeroPoint());
                    int cut = (int) quotient;
                    buffer[0] = cut + (int) (2 * (quotient - cut));
                    memory.put(buffer, 0, input.plane().at(y, x) + c, 1, input.zeroPoint());
                }
            }
        }
    }

    @Override
    public void store(Memory memory, float[] results, int image) {
        output.copyTo(memory, results, image * output.plane().shape().elements());
    }
}
