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

/// A provider of all kernels that exist in more than one variant. It creates each of them for one place in a
/// network: plain loops, the Vector API, or whatever else runs on this processor.
///
/// Callers obtain kernels from [org.mobilenet4j.kernel.variant.KernelVariant], which checks arguments, so that
/// providers can trust them. A provider that lacks a kernel delegates to another one: see [DelegatingKernels]. The
/// kernels of all providers give the same results: bit for bit in inference, up to the rounding of sums in training.
public interface Kernels extends KernelProvider {
    /// May be called before any kernel is made: about how many weights those of the program have.
    default void expect(long weights) {}

    /// What does the same as a kernel that exists once, in [#memory].
    Kernel plain(PlainKernel kernel);

    /// Standard, grouped and pointwise convolution, and dense layers; packs the weights.
    ///
    /// @param rows the weights of all outputs, for each tap and each input of a group
    /// @param bias one value per output channel
    ConvKernel conv(ConvShape shape, WeightRows rows, float[] bias);

    /// Depthwise convolution; packs the weights.
    ///
    /// @param kernel `height x width x inputs x m`, row-major; `m` follows from the planes
    /// @param bias one value per output channel
    DepthwiseKernel depthwise(ConvShape shape, float[] kernel, float[] bias);

    /// A depthwise convolution and the pointwise one behind it as one step, whose units are output rows. Nobody else
    /// reads the map between the two, of which it need not leave anything.
    ///
    /// @param depthwise with `taps` and `tapBias` as its kernel and bias
    /// @param pointwise with `rows` and `bias`
    default Kernel separable(
            ConvShape depthwise, float[] taps, float[] tapBias, ConvShape pointwise, WeightRows rows, float[] bias) {
        return new SeparableKernel(depthwise(depthwise, taps, tapBias), conv(pointwise, rows, bias));
    }

    /// Pooling.
    ///
    /// @param shape one group, no clamp
    PoolKernel pool(ConvShape shape, Pool.Kind kind);

    /// Requantizes the integer sums in `plane`.
    RescaleKernel rescale(Plane plane, OutputRescaling rescaling);

    /// Quantizes real values.
    ///
    /// @param scale the quantization scale
    /// @param low the least quantized value, less the zero point: from -255 to 0
    /// @param high the greatest, from 0 to 255
    QuantizeKernel quantize(float scale, int low, int high);

    /// Independent mult-adds, to measure peak speed.
    PeakKernel peak();

    /// Matrix products with one packed matrix.
    ///
    /// @param depth rows of the packed matrix
    /// @param width columns of the packed matrix
    /// @param inStride floats from one row of the input to the next
    /// @param outStride floats from one row of the output to the next, at least `PixelStride.of(width)`
    /// @param mostRows the maximum number of rows per product
    GemmKernel gemm(int depth, int width, int inStride, int outStride, int mostRows);

    /// The gradient of a weight matrix.
    ///
    /// @param depth rows of the weights
    /// @param width columns of the weights
    /// @param inStride floats from one row of the input to the next
    /// @param outStride floats from one row of the output's gradient to the next, at least `PixelStride.of(width)`
    WeightGradientKernel weightGradient(int depth, int width, int inStride, int outStride);

    /// Copies windows into rows.
    ///
    /// @param runs offset of each run of values from the start of the window
    /// @param length number of values per run
    /// @param rowStride floats from one row to the next
    Im2colKernel im2col(int[] runs, int length, int rowStride);

    /// Depthwise convolution in training, and its gradient.
    DepthwiseTrainingKernel depthwiseTraining(TapLayout taps);

    /// Batch normalization and activations in training.
    NormKernel norm();

    /// Updates of weights in training.
    UpdateKernel update();

    /// Fake quantization in training.
    FakeQuantizeKernel fakeQuantize();
}
