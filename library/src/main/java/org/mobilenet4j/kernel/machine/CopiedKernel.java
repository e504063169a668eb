package org.mobilenet4j.kernel.machine;

import java.util.List;
import org.mobilenet4j.kernel.ConvKernel;
import org.mobilenet4j.kernel.DepthwiseKernel;
import org.mobilenet4j.kernel.Kernel;
import org.mobilenet4j.kernel.Memory;
import org.mobilenet4j.kernel.PoolKernel;
import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.kernel.layout.Plane;

/// A kernel on arrays for memory off the heap: what it reads is copied to an array, what it wrote is copied back. For
/// layers that nothing better exists for.
final class CopiedKernel implements ConvKernel, DepthwiseKernel, PoolKernel {
    /// Floats from place `from` (inclusive) to `to` (exclusive).
    private record Extent(int from, int to) {
        static Extent of(Plane plane) {
            var shape = plane.shape();
            return new Extent(plane.offset(), plane.at(shape.height() - 1, shape.width() - 1) + shape.channels());
        }

        /// All that windows see.
        static Extent underWindows(ConvShape shape) {
            var out = shape.out().shape();
            var window = shape.window();
            return new Extent(
                    shape.windowAt(0, 0),
                    shape.windowAt(out.height() - 1, out.width() - 1)
                            + shape.tapAt(window.height() - 1, window.width() - 1)
                            + shape.in().shape().channels());
        }
    }

    private final Kernel kernel;
    private final List<Extent> reads;
    private final Plane out;
    private final ArrayPool arrays;

    private CopiedKernel(Kernel kernel, List<Extent> reads, Plane out, ArrayPool arrays) {
        this.kernel = kernel;
        this.reads = reads;
        this.out = out;
        this.arrays = arrays;
        int size = Extent.of(out).to;
        for (Extent extent : reads) {
            size = Math.max(size, extent.to);
        }
        arrays.atLeast(size + Kernel.SLACK);
    }

    /// A kernel whose units are rows of `out`.
    static CopiedKernel of(Kernel kernel, List<Plane> inputs, Plane out, ArrayPool arrays) {
        return new CopiedKernel(kernel, inputs.stream().map(Extent::of).toList(), out, arrays);
    }

    /// A convolution whose units are rows.
    static CopiedKernel ofWindows(Kernel kernel, ConvShape shape, ArrayPool arrays) {
        return new CopiedKernel(kernel, List.of(Extent.underWindows(shape)), shape.out(), arrays);
    }

    @Override
    public int units() {
        return kernel.units();
    }

    @Override
    public int grain() {
        return kernel.grain();
    }

    @Override
    public void run(Memory memory, int from, int to) {
        float[] array = arrays.take();
        for (int i = 0; i < reads.size(); i++) {
            var extent = reads.get(i);
            memory.get(extent.from, array, extent.from, extent.to - extent.from);
        }
        kernel.run(Memory.of(array), from, to);
        for (int y = from; y < to; y++) {
            for (int x = 0; x < out.shape().width(); x++) {
                int at = out.at(y, x);
                memory.put(array, at, at, out.shape().channels());
            }
        }
        arrays.give(array);
    }
}
