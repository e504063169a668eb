package org.mobilenet4j.kernel.layout;

/// The part of a pooling window inside the feature map, along one axis: `from` (inclusive) to `to` (exclusive).
public record PoolWindow(int from, int to) {
    /// The rows for output row `y`.
    public static PoolWindow rows(ConvShape shape, int y) {
        int start =
                y * shape.window().strideRows() - shape.window().top(shape.in().shape());
        return clip(start, shape.window().height(), shape.in().shape().height());
    }

    /// The columns for output column `x`.
    public static PoolWindow columns(ConvShape shape, int x) {
        int start = x * shape.window().strideColumns()
                - shape.window().left(shape.in().shape());
        return clip(start, shape.window().width(), shape.in().shape().width());
    }

    private static PoolWindow clip(int start, int length, int size) {
        return new PoolWindow(Math.max(start, 0), Math.min(start + length, size));
    }

    /// The number of rows or columns.
    public int count() {
        return to - from;
    }
}
