package org.mobilenet4j.kernel.layout;

import org.mobilenet4j.arch.Window;
import org.mobilenet4j.tensor.Shape;

/// The geometry of a convolution: two planes and the window between them.
///
/// @param in the input; it must have zero padding as far as the window reaches
/// @param out the output
/// @param window the taps
/// @param groups the number of channel groups of a standard convolution
/// @param clamp applied to every result
public record ConvShape(Plane in, Plane out, Window window, int groups, Clamp clamp) {
    public ConvShape {
        Shape input = in.shape();
        Shape output = out.shape();
        int rows = (input.height() + window.top(input) + window.bottom(input) - window.effectiveHeight())
                / window.strideRows();
        int columns = (input.width() + window.left(input) + window.right(input) - window.effectiveWidth())
                / window.strideColumns();
        if (output.height() != rows + 1 || output.width() != columns + 1) {
            throw new IllegalArgumentException(
                    window + " gives " + (rows + 1) + "x" + (columns + 1) + " for " + input + ", not " + output);
        }
        if (groups < 1 || input.channels() % groups != 0 || output.channels() % groups != 0) {
            throw new IllegalArgumentException(
                    input + " to " + output + " cannot be divided into " + groups + " groups of channels");
        }
    }

    /// Whether there are so many more weights than activations that threads had better split the weights.
    public boolean readsMostlyWeights() {
        long weights = (long) kernelRows() * out.shape().channels();
        return readsMostlyWeights(weights, in.shape(), out.shape());
    }

    public static boolean readsMostlyWeights(long weights, Shape in, Shape out) {
        return weights > Tuning.MANY_WEIGHTS * (in.elements() + (long) out.elements());
    }

    /// Rows of the kernel: its taps times the inputs of a group.
    public int kernelRows() {
        return window.taps() * groupInputs();
    }

    /// Input channels per output channel of a standard convolution.
    public int groupInputs() {
        return in.shape().channels() / groups;
    }

    /// Output channels per group.
    public int groupOutputs() {
        return out.shape().channels() / groups;
    }

    /// Where the window of output pixel `(y, x)` starts; it may lie in the zero padding.
    public int windowAt(int y, int x) {
        Shape input = in.shape();
        return in.at(y * window.strideRows() - window.top(input), x * window.strideColumns() - window.left(input));
    }

    /// The distance from the window's start to tap `(i, j)`.
    public int tapAt(int i, int j) {
        return i * window.dilation() * in.rowStride() + j * window.dilation() * in.pixelStride();
    }
}
