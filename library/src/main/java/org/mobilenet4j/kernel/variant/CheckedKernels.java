package org.mobilenet4j.kernel.variant;

import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.kernel.ConvKernel;
import org.mobilenet4j.kernel.DelegatingKernels;
import org.mobilenet4j.kernel.DepthwiseKernel;
import org.mobilenet4j.kernel.Kernel;
import org.mobilenet4j.kernel.Kernels;
import org.mobilenet4j.kernel.OutputRescaling;
import org.mobilenet4j.kernel.PoolKernel;
import org.mobilenet4j.kernel.QuantizeKernel;
import org.mobilenet4j.kernel.RescaleKernel;
import org.mobilenet4j.kernel.WeightRows;
import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.kernel.layout.PixelStride;
import org.mobilenet4j.kernel.layout.Plane;
import org.mobilenet4j.kernel.training.GemmKernel;
import org.mobilenet4j.kernel.training.WeightGradientKernel;

/// Rejects inconsistent arguments before they reach the provider.
final class CheckedKernels extends DelegatingKernels {
    private final Kernels provider;

    CheckedKernels(Kernels provider) {
        super(provider);
        this.provider = provider;
    }

    @Override
    public ConvKernel conv(ConvShape shape, WeightRows rows, float[] bias) {
        checkConv(shape, bias);
        return super.conv(shape, rows, bias);
    }

    private static void checkConv(ConvShape shape, float[] bias) {
        if (bias.length != shape.out().shape().channels()) {
            throw new IllegalArgumentException(
                    "a convolution from " + shape.in().shape() + " to "
                            + shape.out().shape() + " needs one bias for each output, not " + bias.length);
        }
    }

    @Override
    public DepthwiseKernel depthwise(ConvShape shape, float[] kernel, float[] bias) {
        checkDepthwise(shape, kernel, bias);
        return super.depthwise(shape, kernel, bias);
    }

    private static void checkDepthwise(ConvShape shape, float[] kernel, float[] bias) {
        int inputs = shape.in().shape().channels();
        int outputs = shape.out().shape().channels();
        if (outputs % inputs != 0
                || kernel.length != (long) shape.window().taps() * outputs
                || bias.length != outputs) {
            throw new IllegalArgumentException(
                    "a depthwise convolution from " + shape.in().shape() + " to "
                            + shape.out().shape() + " with " + shape.window() + " does not fit " + kernel.length
                            + " weights and " + bias.length + " biases");
        }
    }

    @Override
    public Kernel separable(
            ConvShape depthwise, float[] taps, float[] tapBias, ConvShape pointwise, WeightRows rows, float[] bias) {
        checkDepthwise(depthwise, taps, tapBias);
        checkConv(pointwise, bias);
        if (!depthwise.out().equals(pointwise.in()) || pointwise.window().taps() != 1 || pointwise.groups() != 1) {
            throw new IllegalArgumentException(
                    "no pointwise convolution reads " + depthwise.out() + " as " + pointwise.in());
        }
        return provider.separable(depthwise, taps, tapBias, pointwise, rows, bias);
    }

    @Override
    public PoolKernel pool(ConvShape shape, Pool.Kind kind) {
        if (shape.in().shape().channels() != shape.out().shape().channels()) {
            throw new IllegalArgumentException("pooling cannot change the channels, from "
                    + shape.in().shape() + " to " + shape.out().shape());
        }
        return super.pool(shape, kind);
    }

    @Override
    public RescaleKernel rescale(Plane plane, OutputRescaling rescaling) {
        if (plane.shape().channels() != rescaling.channels()) {
            throw new IllegalArgumentException("a feature map of " + plane.shape()
                    + " needs one multiplier for each channel, not " + rescaling.channels());
        }
        return super.rescale(plane, rescaling);
    }

    @Override
    public QuantizeKernel quantize(float scale, int low, int high) {
        if (!(scale > 0) || low > 0 || high < 0) {
            throw new IllegalArgumentException(
                    "real values cannot be quantized to " + low + " to " + high + " steps of " + scale);
        }
        return super.quantize(scale, low, high);
    }

    @Override
    public GemmKernel gemm(int depth, int width, int inStride, int outStride, int mostRows) {
        if (depth < 1 || width < 1 || mostRows < 1 || inStride < depth || outStride < PixelStride.of(width)) {
            throw new IllegalArgumentException("cannot multiply " + mostRows + " rows, " + inStride + " apart, by "
                    + depth + "x" + width + " into rows " + outStride + " apart");
        }
        return super.gemm(depth, width, inStride, outStride, mostRows);
    }

    @Override
    public WeightGradientKernel weightGradient(int depth, int width, int inStride, int outStride) {
        if (depth < 1 || width < 1 || inStride < depth || outStride < PixelStride.of(width)) {
            throw new IllegalArgumentException("cannot compute the gradient of " + depth + "x" + width
                    + " weights from rows " + inStride + " and " + outStride + " apart");
        }
        return super.weightGradient(depth, width, inStride, outStride);
    }
}
