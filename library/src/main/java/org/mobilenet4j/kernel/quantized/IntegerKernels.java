package org.mobilenet4j.kernel.quantized;

import java.util.List;
import org.mobilenet4j.kernel.InputOutput;
import org.mobilenet4j.kernel.Kernel;
import org.mobilenet4j.kernel.KernelProvider;
import org.mobilenet4j.kernel.OutputRescaling;
import org.mobilenet4j.kernel.PeakKernel;
import org.mobilenet4j.kernel.PlainKernel;
import org.mobilenet4j.kernel.WeightRows;
import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.kernel.plain.FloatMap;
import org.mobilenet4j.kernel.plain.ZeroPadding;

/// A provider of the kernels of quantized networks, all bit-exact with TFLite, whatever the memory holds: integers
/// less their zero point as floats ([IntegersInFloats]), or bytes, for which kernels need the zero points.
///
/// Borders hold what stands for zero, as in networks of floats.
public interface IntegerKernels extends KernelProvider {
    /// Standard, grouped and pointwise convolution, and dense layers, with their sums rescaled; packs the weights.
    ///
    /// @param shape without a clamp, as that is the rescaling's
    /// @param rows integers less their zero point, for each tap and each input of a group
    Kernel conv(ConvShape shape, WeightRows rows, OutputRescaling rescaling, ZeroPoints zeros);

    /// Depthwise convolution with its sums rescaled; packs the weights.
    ///
    /// @param shape one group, without a clamp
    /// @param rows integers less their zero point: the outputs of each tap
    Kernel depthwise(ConvShape shape, WeightRows rows, OutputRescaling rescaling, ZeroPoints zeros);

    /// Max pooling between maps of one quantization.
    ///
    /// @param shape one group, without a clamp
    Kernel maxPool(ConvShape shape, ZeroPoints zeros);

    /// What does the same as a kernel on integers in floats that exists once.
    Kernel plain(PlainKernel kernel, ZeroPoints zeros);

    /// The zeros around a map.
    Kernel padding(ZeroPadding padding);

    /// Independent mult-adds of the kind that convolutions do, to measure peak speed.
    PeakKernel peak();

    /// Quantizes images and makes results real numbers.
    ///
    /// @param input of one of the 8-bit types
    /// @param outputs the parts of a result one after the other, each with its own scale
    InputOutput inputOutput(FloatMap input, List<FloatMap> outputs);
}
