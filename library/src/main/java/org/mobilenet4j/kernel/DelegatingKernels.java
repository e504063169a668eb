package org.mobilenet4j.kernel;

import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.kernel.layout.Plane;
import org.mobilenet4j.kernel.layout.TapLayout;
import org.mobilenet4j.kernel.training.DepthwiseTrainingKernel;
import org.mobilenet4j.kernel.training.FakeQuantizeKernel;
import org.mobilenet4j.kernel.training.GemmKernel;
import org.mobilenet4j.kernel.training.Im2colKernel;
import org.mobilenet4j.kernel.training.NormKernel;
import org.mobilenet4j.kernel.training.UpdateKernel;
import org.mobilenet4j.kernel.training.WeightGradientKernel;

/// A provider that delegates to another one: it overrides only the kernels that it implements.
public abstract class DelegatingKernels implements Kernels {
    private final Kernels others;

    /// @param others provides every kernel that is not overridden
    protected DelegatingKernels(Kernels others) {
        this.others = others;
    }

    @Override
    public Memory memory(int floats) {
        return others.memory(floats);
    }

    @Override
    public void expect(long weights) {
        others.expect(weights);
    }

    @Override
    public void finish() {
        others.finish();
    }

    @Override
    public Kernel plain(PlainKernel kernel) {
        return others.plain(kernel);
    }

    @Override
    public ConvKernel conv(ConvShape shape, WeightRows rows, float[] bias) {
        return others.conv(shape, rows, bias);
    }

    @Override
    public DepthwiseKernel depthwise(ConvShape shape, float[] kernel, float[] bias) {
        return others.depthwise(shape, kernel, bias);
    }

    @Override
    public PoolKernel pool(ConvShape shape, Pool.Kind kind) {
        return others.pool(shape, kind);
    }

    @Override
    public RescaleKernel rescale(Plane plane, OutputRescaling rescaling) {
        return others.rescale(plane, rescaling);
    }

    @Override
    public QuantizeKernel quantize(float scale, int low, int high) {
        return others.quantize(scale, low, high);
    }

    @Override
    public PeakKernel peak() {
        return others.peak();
    }

    @Override
    public GemmKernel gemm(int depth, int width, int inStride, int outStride, int mostRows) {
        return others.gemm(depth, width, inStride, outStride, mostRows);
    }

    @Override
    public WeightGradientKernel weightGradient(int depth, int width, int inStride, int outStride) {
        return others.weightGradient(depth, width, inStride, outStride);
    }

    @Override
    public Im2colKernel im2col(int[] runs, int length, int rowStride) {
        return others.im2col(runs, length, rowStride);
    }

    @Override
    public DepthwiseTrainingKernel depthwiseTraining(TapLayout taps) {
        return others.depthwiseTraining(taps);
    }

    @Override
    public NormKernel norm() {
        return others.norm();
    }

    @Override
    public UpdateKernel update() {
        return others.update();
    }

    @Override
    public FakeQuantizeKernel fakeQuantize() {
        return others.fakeQuantize();
    }
}
