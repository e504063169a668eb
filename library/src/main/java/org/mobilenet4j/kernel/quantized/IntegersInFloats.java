package org.mobilenet4j.kernel.quantized;

import java.util.List;
import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.kernel.InputOutput;
import org.mobilenet4j.kernel.Kernel;
import org.mobilenet4j.kernel.Kernels;
import org.mobilenet4j.kernel.Memory;
import org.mobilenet4j.kernel.OutputRescaling;
import org.mobilenet4j.kernel.PeakKernel;
import org.mobilenet4j.kernel.PlainKernel;
import org.mobilenet4j.kernel.SumKernel;
import org.mobilenet4j.kernel.WeightRows;
import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.kernel.plain.FloatMap;
import org.mobilenet4j.kernel.plain.ZeroPadding;
import org.mobilenet4j.tensor.Shape;

/// Memory holds integers less their zero points, as floats in an array, so zero points play no part.
///
/// Sums of their products stay below 2^24, up to which floats are exact, so the convolutions of floats compute exact
/// sums in any order; separate steps then round them. Layers whose sums could be larger are an [IntegerConv].
public final class IntegersInFloats implements IntegerKernels {
    private static final int GREATEST = 255;

    private final Kernels floats;

    /// @param floats kernels that work on arrays
    public IntegersInFloats(Kernels floats) {
        this.floats = floats;
    }

    @Override
    public Memory memory(int places) {
        return floats.memory(places);
    }

    @Override
    public void finish() {
        floats.finish();
    }

    @Override
    public Kernel conv(ConvShape shape, WeightRows rows, OutputRescaling rescaling, ZeroPoints zeros) {
        return rescaling.hasExactSums()
                ? rescaled(floats.conv(shape, rows, noBias(shape)), shape, rescaling)
                : new IntegerConv(shape, rows, rescaling);
    }

    @Override
    public Kernel depthwise(ConvShape shape, WeightRows rows, OutputRescaling rescaling, ZeroPoints zeros) {
        Shape in = shape.in().shape();
        if (!rescaling.hasExactSums()) {
            var grouped = new ConvShape(shape.in(), shape.out(), shape.window(), in.channels(), shape.clamp());
            return new IntegerConv(grouped, rows, rescaling);
        }
        int outputs = shape.out().shape().channels();
        var kernel = new float[shape.window().taps() * outputs];
        for (int tap = 0; tap < shape.window().taps(); tap++) {
            rows.copy(tap, kernel, tap * outputs);
        }
        return rescaled(floats.depthwise(shape, kernel, noBias(shape)), shape, rescaling);
    }

    private static float[] noBias(ConvShape shape) {
        return new float[shape.out().shape().channels()];
    }

    private Kernel rescaled(SumKernel sums, ConvShape shape, OutputRescaling rescaling) {
        return new RescaledKernel(sums, floats.rescale(shape.out(), rescaling));
    }

    @Override
    public Kernel maxPool(ConvShape shape, ZeroPoints zeros) {
        return floats.pool(shape, Pool.Kind.MAX);
    }

    @Override
    public Kernel plain(PlainKernel kernel, ZeroPoints zeros) {
        return floats.plain(kernel);
    }

    @Override
    public Kernel padding(ZeroPadding padding) {
        return floats.plain(padding);
    }

    @Override
    public PeakKernel peak() {
        return floats.peak();
    }

    @Override
    public InputOutput inputOutput(FloatMap input, List<FloatMap> outputs) {
        int low = -input.zeroPoint();
        var quantize = floats.quantize(input.scale(), low, GREATEST + low);
        return new QuantizedInputOutput(input.plane(), quantize, outputs);
    }
}
