package org.mobilenet4j.kernel;

import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.kernel.layout.Plane;
import org.mobilenet4j.kernel.layout.TapLayout;

/// The door to all kernels that exist in more than one variant. A provider makes each of them for one place in a
/// network: plain loops, the Vector API, or whatever else runs on this processor.
///
/// Who wants kernels asks [org.mobilenet4j.kernel.variant.KernelVariant] for them, and knows no provider. Arguments are
/// checked there, so that
/// providers trust them. What a provider has no kernel of its own for, it takes from another: see [DelegatingKernels].
/// All providers' kernels give the same results, to the bit in inference, and to a rounding of the sums in training.
public interface Kernels {
    /// Memory of so many floats, of the kind that these kernels work on.
    Memory memory(int floats);

    /// To be called when all kernels of a program are made, and none has run: what they share is made ready.
    void finish();

    /// What does the same as a kernel that exists once, in [#memory].
    Kernel plain(PlainKernel kernel);

    /// Standard, grouped and pointwise convolution, and dense layers; packs the weights.
    ///
    /// @param rows the weights of all outputs, for each tap and each input of a group
    /// @param bias a value for each output channel
    ConvKernel conv(ConvShape shape, WeightRows rows, float[] bias);

    /// Depthwise convolution; packs the weights.
    ///
    /// @param kernel `height x width x inputs x m`, row-major; `m` follows from the planes
    /// @param bias a value for each output channel
    DepthwiseKernel depthwise(ConvShape shape, float[] kernel, float[] bias);

    /// Pooling.
    ///
    /// @param shape one group, no clamp
    PoolKernel pool(ConvShape shape, Pool.Kind kind);

    /// What makes quantized values of the integer sums in `plane`.
    RescaleKernel rescale(Plane plane, OutputRescaling rescaling);

    /// What quantizes real numbers.
    ///
    /// @param scale what one step stands for
    /// @param low the least number that is stored, less the zero point: from -255 to 0
    /// @param high the greatest, from 0 to 255
    QuantizeKernel quantize(float scale, int low, int high);

    /// Mult-adds that wait for nothing.
    PeakKernel peak();

    /// Products with a packed matrix of one shape.
    ///
    /// @param depth rows of the packed matrix
    /// @param width its columns
    /// @param inStride from one row of the input to the next
    /// @param outStride from one row of the output to the next, `PixelStride.of(width)` at least
    /// @param mostRows the most rows that are multiplied at once
    GemmKernel gemm(int depth, int width, int inStride, int outStride, int mostRows);

    /// The gradient of a matrix of weights.
    ///
    /// @param depth rows of the weights
    /// @param width columns of the weights
    /// @param inStride from one row of the input to the next
    /// @param outStride from one row of the output's gradient to the next, `PixelStride.of(width)` at least
    WeightGradientKernel weightGradient(int depth, int width, int inStride, int outStride);

    /// What copies windows into rows.
    ///
    /// @param runs from the start of the window to each run of values
    /// @param length values of a run
    Im2colKernel im2col(int[] runs, int length);

    /// Depthwise convolution in training, and its gradient.
    DepthwiseTrainingKernel depthwiseTraining(TapLayout taps);

    /// Batch normalization and activations in training.
    NormKernel norm();

    /// Fake quantization in training.
    FakeQuantizeKernel fakeQuantize();
}
