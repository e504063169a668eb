package org.mobilenet4j.kernel.vector;

import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.kernel.ConvKernel;
import org.mobilenet4j.kernel.DelegatingKernels;
import org.mobilenet4j.kernel.DepthwiseKernel;
import org.mobilenet4j.kernel.Kernels;
import org.mobilenet4j.kernel.OutputRescaling;
import org.mobilenet4j.kernel.PeakKernel;
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
import org.mobilenet4j.kernel.training.WeightGradientKernel;

/// Kernels on the Vector API. To be instantiated only if the vector module is present.
public final class VectorKernels extends DelegatingKernels {
    /// The system property that forces the vector width in bits.
    public static final String PROPERTY = "mobilenet4j.vector";

    /// @param others provides the kernels that have no vector variant
    public VectorKernels(Kernels others) {
        super(others);
    }

    /// Vector width of this process in bits.
    public static int bits() {
        return Lanes.COUNT * Float.SIZE;
    }

    @Override
    public ConvKernel conv(ConvShape shape, WeightRows rows, float[] bias) {
        return new VectorConv(shape, rows, bias);
    }

    /// Several outputs per channel would need gathers; no published MobileNet has them.
    @Override
    public DepthwiseKernel depthwise(ConvShape shape, float[] kernel, float[] bias) {
        return shape.out().shape().channels() == shape.in().shape().channels()
                ? new VectorDepthwise(shape, kernel, bias)
                : super.depthwise(shape, kernel, bias);
    }

    @Override
    public PoolKernel pool(ConvShape shape, Pool.Kind kind) {
        return new VectorPool(shape, kind);
    }

    @Override
    public RescaleKernel rescale(Plane plane, OutputRescaling rescaling) {
        return new VectorRescale(plane, rescaling);
    }

    @Override
    public QuantizeKernel quantize(float scale, int low, int high) {
        return new VectorQuantize(scale, low, high, super.quantize(scale, low, high));
    }

    @Override
    public PeakKernel peak() {
        return new VectorPeak();
    }

    @Override
    public GemmKernel gemm(int depth, int width, int inStride, int outStride, int mostRows) {
        return new VectorGemm(depth, width, inStride, outStride, mostRows);
    }

    @Override
    public WeightGradientKernel weightGradient(int depth, int width, int inStride, int outStride) {
        return new VectorWeightGradient(depth, width, inStride, outStride);
    }

    @Override
    public Im2colKernel im2col(int[] runs, int length, int rowStride) {
        return new VectorIm2col(runs.clone(), length, rowStride);
    }

    @Override
    public DepthwiseTrainingKernel depthwiseTraining(TapLayout taps) {
        return new VectorDepthwiseTraining(taps);
    }

    @Override
    public NormKernel norm() {
        return new VectorNorm();
    }

    @Override
    public FakeQuantizeKernel fakeQuantize() {
        return new VectorFakeQuantize();
    }
}
