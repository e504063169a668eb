package org.mobilenet4j.arch;

import org.mobilenet4j.arch.Padding.Axis;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.tensor.Shape;

/// A window that slides over a feature map, as convolutions and pooling have it.
///
/// @param height rows of the window, undilated
/// @param width columns of the window, undilated
/// @param stride step in both directions
/// @param dilation distance between neighboring taps in both directions, 1 for none
/// @param padding padding around the feature map
public record Window(int height, int width, int stride, int dilation, Padding padding) {
    /// The window of a pointwise convolution.
    public static final Window POINTWISE = square(1, 1, Padding.SAME);

    private static final int MAX = 1 << 16;

    public Window {
        if (height < 1 || width < 1 || stride < 1 || dilation < 1) {
            throw new BadValueException("a window needs positive sizes, not " + height + "x" + width + ", stride "
                    + stride + ", dilation " + dilation);
        }
        if (height > MAX || width > MAX || stride > MAX || dilation > MAX) {
            throw new BadValueException("a window of " + height + "x" + width + ", stride " + stride + ", dilation "
                    + dilation + " is over the limit of " + MAX);
        }
    }

    /// A square window without dilation.
    public static Window square(int size, int stride, Padding padding) {
        return new Window(size, size, stride, 1, padding);
    }

    /// The same window with another stride.
    public Window withStride(int newStride) {
        return new Window(height, width, newStride, dilation, padding);
    }

    /// Rows that the dilated window covers.
    public int effectiveHeight() {
        return (height - 1) * dilation + 1;
    }

    /// Columns that the dilated window covers.
    public int effectiveWidth() {
        return (width - 1) * dilation + 1;
    }

    /// Rows added above `input`.
    public int top(Shape input) {
        return padding.before(Axis.ROWS, input.height(), effectiveHeight(), stride);
    }

    /// Rows added below `input`.
    public int bottom(Shape input) {
        return padding.after(Axis.ROWS, input.height(), effectiveHeight(), stride);
    }

    /// Columns added left of `input`.
    public int left(Shape input) {
        return padding.before(Axis.COLUMNS, input.width(), effectiveWidth(), stride);
    }

    /// Columns added right of `input`.
    public int right(Shape input) {
        return padding.after(Axis.COLUMNS, input.width(), effectiveWidth(), stride);
    }

    /// The number of taps.
    public int taps() {
        return height * width;
    }

    /// Whether the window is a single tap that visits every pixel.
    public boolean isPointwise() {
        return height == 1
                && width == 1
                && stride == 1
                && padding.before(Axis.ROWS, 1, 1, 1) == 0
                && padding.after(Axis.ROWS, 1, 1, 1) == 0
                && padding.before(Axis.COLUMNS, 1, 1, 1) == 0
                && padding.after(Axis.COLUMNS, 1, 1, 1) == 0;
    }

    /// The output shape for an input of shape `input`, with `channels` channels.
    ///
    /// @throws IllegalArgumentException when the window does not fit inside the padded input
    Shape slide(Layer layer, Shape input, int channels) {
        int rows = input.height() + top(input) + bottom(input) - effectiveHeight();
        int columns = input.width() + left(input) + right(input) - effectiveWidth();
        if (rows < 0 || columns < 0) {
            throw new BadValueException(layer.name() + ": a window of " + effectiveHeight() + "x" + effectiveWidth()
                    + " with " + padding + " padding does not fit its input of " + input);
        }
        return new Shape(rows / stride + 1, columns / stride + 1, channels);
    }

    /// `3x3/2 same`.
    @Override
    public String toString() {
        return height + "x" + width + "/" + stride + (dilation > 1 ? " dilated " + dilation : "") + " " + padding;
    }
}
