package org.mobilenet4j.kernel.machine;

import java.util.ArrayList;
import java.util.List;
import org.mobilenet4j.kernel.ArrayPool;
import org.mobilenet4j.kernel.ConvKernel;
import org.mobilenet4j.kernel.DepthwiseKernel;
import org.mobilenet4j.kernel.Kernel;
import org.mobilenet4j.kernel.Memory;
import org.mobilenet4j.kernel.PlainKernel;
import org.mobilenet4j.kernel.PoolKernel;
import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.kernel.layout.Plane;
import org.mobilenet4j.kernel.quantized.ZeroPoints;

/// A kernel on arrays for memory off the heap: what it reads is copied to an array, what it wrote is copied back. For
/// layers that nothing better exists for.
final class CopiedKernel implements ConvKernel, DepthwiseKernel, PoolKernel {
    /// Places from `from` (inclusive) to `to` (exclusive).
    ///
    /// @param zeroPoint the byte that stands for zero there, where places are bytes
    private record Extent(int from, int to, int zeroPoint) {
        static Extent of(Plane plane, int zeroPoint) {
            var shape = plane.shape();
            int to = plane.at(shape.height() - 1, shape.width() - 1) + shape.channels();
            return new Extent(plane.offset(), to, zeroPoint);
        }

        /// All that windows see.
        static Extent underWindows(ConvShape shape, int zeroPoint) {
            var out = shape.out().shape();
            var window = shape.window();
            return new Extent(
                    shape.windowAt(0, 0),
                    shape.windowAt(out.height() - 1, out.width() - 1)
                            + shape.tapAt(window.height() - 1, window.width() - 1)
                            + shape.in().shape().channels(),
                    zeroPoint);
        }
    }

    private final Kernel kernel;
    private final List<Extent> reads;
    private final Plane out;
    private final int zeroPoint;
    private final boolean areRows;
    private final ArrayPool arrays;

    /// @param areRows whether the kernel's units are rows of `out`; this one has a single unit otherwise
    private CopiedKernel(
            Kernel kernel, List<Extent> reads, Plane out, int zeroPoint, boolean areRows, ArrayPool arrays) {
        this.kernel = kernel;
        this.reads = reads;
        this.out = out;
        this.zeroPoint = zeroPoint;
        this.areRows = areRows;
        this.arrays = arrays;
        int size = Extent.of(out, zeroPoint).to;
        for (Extent extent : reads) {
            size = Math.max(size, extent.to);
        }
        arrays.atLeast(size + Kernel.SLACK);
    }

    /// A kernel whose units are rows of its output.
    static CopiedKernel of(PlainKernel kernel, ArrayPool arrays) {
        var reads = kernel.inputs().stream().map(plane -> Extent.of(plane, 0)).toList();
        return new CopiedKernel(kernel, reads, kernel.out(), 0, true, arrays);
    }

    /// A convolution whose units are rows.
    static CopiedKernel ofWindows(Kernel kernel, ConvShape shape, ArrayPool arrays) {
        return new CopiedKernel(kernel, List.of(Extent.underWindows(shape, 0)), shape.out(), 0, true, arrays);
    }

    /// A kernel on integers less their zero point, for memory of bytes.
    static CopiedKernel ofBytes(PlainKernel kernel, ZeroPoints zeros, ArrayPool arrays) {
        var reads = new ArrayList<Extent>();
        for (int i = 0; i < kernel.inputs().size(); i++) {
            reads.add(Extent.of(kernel.inputs().get(i), zeros.inputs().get(i)));
        }
        return new CopiedKernel(kernel, List.copyOf(reads), kernel.out(), zeros.output(), false, arrays);
    }

    @Override
    public int units() {
        return areRows ? kernel.units() : 1;
    }

    @Override
    public int grain() {
        return areRows ? kernel.grain() : 1;
    }

    @Override
    public void run(Memory memory, int from, int to) {
        float[] array = arrays.take();
        for (int i = 0; i < reads.size(); i++) {
            var extent = reads.get(i);
            memory.get(extent.from, array, extent.from, extent.to - extent.from, extent.zeroPoint);
        }
        int first = areRows ? from : 0;
        int end = areRows ? to : out.shape().height();
        kernel.run(Memory.of(array), first, areRows ? to : kernel.units());
        for (int y = first; y < end; y++) {
            for (int x = 0; x < out.shape().width(); x++) {
                int at = out.at(y, x);
                memory.put(array, at, at, out.shape().channels(), zeroPoint);
            }
        }
        arrays.give(array);
    }
}
