package org.mobilenet4j.arch;

import java.util.Objects;
import org.mobilenet4j.arch.Padding.Axis;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.tensor.Shape;

/// A window that slides over a feature map, as convolutions and pooling have it.
///
/// @param height rows of the window, undilated
/// @param width columns of the window, undilated
/// @param strideRows rows from one window to the one below
/// @param strideColumns columns from one window to the one on its right
/// @param dilation distance between neighboring taps in both directions, 1 for none
/// @param padding padding around the feature map
public record Window(int height, int width, int strideRows, int strideColumns, int dilation, Padding padding) {
    /// The window of a pointwise convolution.
    public static final Window POINTWISE = square(1, 1, Padding.SAME);

    private static final int MAX = 1 << 16;

    public Window {
        Objects.requireNonNull(padding, "padding");
        if (height < 1 || width < 1 || strideRows < 1 || strideColumns < 1 || dilation < 1) {
            throw new BadValueException("a window needs positive sizes, not " + height + "x" + width + ", stride "
                    + strides(strideRows, strideColumns) + ", dilation " + dilation);
        }
        if (height > MAX || width > MAX || strideRows > MAX || strideColumns > MAX || dilation > MAX) {
            throw new BadValueException("a window of " + height + "x" + width + ", stride "
                    + strides(strideRows, strideColumns) + ", dilation " + dilation + " is over the limit of " + MAX);
        }
    }

    /// A window with the same stride in both directions.
    public Window(int height, int width, int stride, int dilation, Padding padding) {
        this(height, width, stride, stride, dilation, padding);
    }

    /// A square window without dilation.
    public static Window square(int size, int stride, Padding padding) {
        return new Window(size, size, stride, 1, padding);
    }

    /// The same window with another stride, in both directions.
    public Window withStride(int newStride) {
        return new Window(height, width, newStride, dilation, padding);
    }

    /// The same window with other padding.
    public Window withPadding(Padding other) {
        return new Window(height, width, strideRows, strideColumns, dilation, other);
    }

    /// Whether the stride is the same in both directions.
    public boolean hasOneStride() {
        return strideRows == strideColumns;
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
        return padding.before(Axis.ROWS, input.height(), effectiveHeight(), strideRows);
    }

    /// Rows added below `input`.
    public int bottom(Shape input) {
        return padding.after(Axis.ROWS, input.height(), effectiveHeight(), strideRows);
    }

    /// Columns added left of `input`.
    public int left(Shape input) {
        return padding.before(Axis.COLUMNS, input.width(), effectiveWidth(), strideColumns);
    }

    /// Columns added right of `input`.
    public int right(Shape input) {
        return padding.after(Axis.COLUMNS, input.width(), effectiveWidth(), strideColumns);
    }

    /// The number of taps.
    public int taps() {
        return height * width;
    }

    /// Whether the window is a single tap that visits every pixel.
    public boolean isPointwise() {
        return height == 1
                && width == 1
                && strideRows == 1
                && strideColumns == 1
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
        return new Shape(rows / strideRows + 1, columns / strideColumns + 1, channels);
    }

    /// The stride as text: `2`, or `2x1` where it differs between rows and columns.
    public String strides() {
        return strides(strideRows, strideColumns);
    }

    private static String strides(int rows, int columns) {
        return rows == columns ? String.valueOf(rows) : rows + "x" + columns;
    }

    /// `3x3/2 same`, `3x3/2x1 same`.
    @Override
    public String toString() {
        return height + "x" + width + "/" + strides() + (dilation > 1 ? " dilated " + dilation : "") + " " + padding;
    }
}
