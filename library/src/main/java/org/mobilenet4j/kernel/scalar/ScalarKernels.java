package org.mobilenet4j.kernel.scalar;

import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.kernel.ConvKernel;
import org.mobilenet4j.kernel.DepthwiseKernel;
import org.mobilenet4j.kernel.Kernel;
import org.mobilenet4j.kernel.Kernels;
import org.mobilenet4j.kernel.Memory;
import org.mobilenet4j.kernel.OutputRescaling;
import org.mobilenet4j.kernel.PeakKernel;
import org.mobilenet4j.kernel.PlainKernel;
import org.mobilenet4j.kernel.PoolKernel;
import org.mobilenet4j.kernel.QuantizeKernel;
import org.mobilenet4j.kernel.RescaleKernel;
import org.mobilenet4j.kernel.WeightRows;
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

/// Plain loops: every kernel straight from its formula, for readers, for tests, and where nothing faster is available.
public final class ScalarKernels implements Kernels {
    @Override
    public Memory memory(int floats) {
        return Memory.of(new float[floats]);
    }

    @Override
    public void finish() {}

    @Override
    public Kernel plain(PlainKernel kernel) {
        return kernel;
    }

    @Override
    public ConvKernel conv(ConvShape shape, WeightRows rows, float[] bias) {
        return new ScalarConv(shape, rows, bias);
    }

    @Override
    public DepthwiseKernel depthwise(ConvShape shape, float[] kernel, float[] bias) {
        return new ScalarDepthwise(shape, kernel, bias);
    }

    @Override
    public PoolKernel pool(ConvShape shape, Pool.Kind kind) {
        return new ScalarPool(shape, kind);
    }

    @Override
    public RescaleKernel rescale(Plane plane, OutputRescaling rescaling) {
        return new ScalarRescale(plane, rescaling);
    }

    @Override
    public QuantizeKernel quantize(float scale, int low, int high) {
        return new ScalarQuantize(scale, low, high);
    }

    @Override
    public PeakKernel peak() {
        return new ScalarPeak();
    }

    @Override
    public GemmKernel gemm(int depth, int width, int inStride, int outStride, int mostRows) {
        return new ScalarGemm(depth, width, inStride, outStride);
    }

    @Override
    public WeightGradientKernel weightGradient(int depth, int width, int inStride, int outStride) {
        return new ScalarWeightGradient(depth, width, inStride, outStride);
    }

    @Override
    public Im2colKernel im2col(int[] runs, int length, int rowStride) {
        return new ScalarIm2col(runs.clone(), length, rowStride);
    }

    @Override
    public DepthwiseTrainingKernel depthwiseTraining(TapLayout taps) {
        return new ScalarDepthwiseTraining(taps);
    }

    @Override
    public NormKernel norm() {
        return new ScalarNorm();
    }

    @Override
    public UpdateKernel update() {
        return new ScalarUpdate();
    }

    @Override
    public FakeQuantizeKernel fakeQuantize() {
        return new ScalarFakeQuantize();
    }
}
