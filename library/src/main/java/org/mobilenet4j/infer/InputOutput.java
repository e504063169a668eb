package org.mobilenet4j.infer;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.kernel.Kernel;
import org.mobilenet4j.kernel.Memory;
import org.mobilenet4j.kernel.QuantizeKernel;
import org.mobilenet4j.kernel.Warmth;
import org.mobilenet4j.kernel.layout.Plane;

/// Copies images from a caller's array into a plan's memory, and results back.
///
/// @param input where an image goes
/// @param borders write zero padding around it
/// @param spread  moves the rows of an image apart that was put to its place at once, off the heap, where Java takes
///     long to put it row by row
/// @param quantize quantizes the image; null for float arithmetic
/// @param output where a result lies
record InputOutput(
        Plane input,
        List<Kernel> borders,
        @Nullable Spread spread,
        @Nullable QuantizeKernel quantize,
        FloatMap output) {

    /// @param start  where the image is put
    /// @param kernel moves its rows apart
    record Spread(int start, Kernel kernel) {}

    /// Copies one image, dense NHWC from `offset` on, to its place.
    void load(float[] source, int offset, Memory memory) {
        if (spread != null && memory.isNative()) {
            memory.put(source, offset, spread.start, input.shape().elements());
            spread.kernel.run(memory);
            writeBorders(memory);
            return;
        }
        writeBorders(memory);
        int row = input.shape().width() * input.shape().channels();
        for (int y = 0; y < input.shape().height(); y++) {
            loadRow(source, offset + y * row, memory, y);
        }
    }

    private void writeBorders(Memory memory) {
        for (int i = 0; i < borders.size(); i++) {
            borders.get(i).run(memory);
        }
    }

    private void loadRow(float[] source, int offset, Memory memory, int y) {
        int channels = input.shape().channels();
        int width = input.shape().width();
        if (input.pixelStride() == channels) {
            load(source, offset, memory, input.at(y, 0), width * channels);
            return;
        }
        for (int x = 0; x < width; x++) {
            load(source, offset + x * channels, memory, input.at(y, x), channels);
        }
    }

    private void load(float[] source, int from, Memory memory, int at, int count) {
        if (quantize == null) {
            memory.put(source, from, at, count);
        } else {
            quantize.run(source, from, memory.array(), at, count);
        }
    }

    /// Copies one result to `target`, dense NHWC from `offset` on, dequantized.
    void store(Memory memory, float[] target, int offset) {
        output.copyTo(memory, target, offset);
    }

    /// As [org.mobilenet4j.kernel.Kernel#warmUp].
    boolean warmUp(Memory memory, Warmth warmth) {
        return quantize == null || quantize.warmUp(memory.array(), warmth);
    }
}
