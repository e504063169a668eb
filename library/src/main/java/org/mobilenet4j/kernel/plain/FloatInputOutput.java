package org.mobilenet4j.kernel.plain;

import org.jspecify.annotations.Nullable;
import org.mobilenet4j.kernel.InputOutput;
import org.mobilenet4j.kernel.Kernel;
import org.mobilenet4j.kernel.Kernels;
import org.mobilenet4j.kernel.Memory;
import org.mobilenet4j.kernel.layout.Plane;

/// Images and results of a network of floats.
///
/// @param input where an image goes
/// @param spread moves the rows of an image apart that was put to its place at once, off the heap, where Java takes
///     long to put it row by row; it may write to the border
/// @param output where a result lies
public record FloatInputOutput(Plane input, @Nullable Spread spread, FloatMap output) implements InputOutput {
    /// How rows get apart.
    ///
    /// @param start where the image is put
    /// @param kernel moves its rows apart
    public record Spread(int start, Kernel kernel) {}

    /// With a kernel of `kernels` for images whose pixels have no gaps.
    public static FloatInputOutput of(Plane input, FloatMap output, Kernels kernels) {
        if (input.pixelStride() != input.shape().channels()) {
            return new FloatInputOutput(input, null, output);
        }
        var rows = new RowSpread(input);
        return new FloatInputOutput(input, new Spread(rows.start(), kernels.plain(rows)), output);
    }

    @Override
    public void load(float[] images, int image, Memory memory) {
        var shape = input.shape();
        int from = image * shape.elements();
        if (spread != null && memory.isNative()) {
            memory.put(images, from, spread.start, shape.elements());
            spread.kernel.run(memory);
            return;
        }
        boolean isWhole = input.pixelStride() == shape.channels();
        int count = isWhole ? shape.width() * shape.channels() : shape.channels();
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
