package org.mobilenet4j.machine.recipe.integer;

import org.mobilenet4j.arch.Window;
import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.machine.Isa;

/// How the taps of a depthwise convolution's window are joined: taps one above the other, as many as
/// one product takes, make a group, so that a window's column is one or more of them. Where two rows of
/// outputs see the same group, the second row has weights of its own for it, a tap further down.
///
/// @param window of the convolution
/// @param group  taps that one product takes
/// @param rows   rows of outputs that share groups: two or one
record DepthwiseTaps(Window window, int group, int rows) {
    /// Products of a tile that are written out; more of them are loops.
    private static final int MOST_PRODUCTS = 150;

    static DepthwiseTaps of(ConvShape shape, Isa isa) {
        Window window = shape.window();
        int group = isa == Isa.AVX512_VNNI ? 4 : 2;
        boolean isShared =
                window.strideRows() == 1 && window.dilation() == 1 && window.height() > 1 && window.height() < group;
        return new DepthwiseTaps(window, group, isShared ? 2 : 1);
    }

    /// Groups of a window's column.
    int groups() {
        return Math.ceilDiv(window.height() + rows - 1, group);
    }

    /// Groups of a window and all rows that share them.
    int all() {
        return Math.multiplyExact(rows * window.width(), groups());
    }

    /// Whether the groups are written out, for so many columns of outputs.
    boolean isStraight(int columns) {
        return (long) all() * columns <= MOST_PRODUCTS;
    }

    /// The number of a group among all.
    int index(int row, int group, int column) {
        return (row * groups() + group) * window.width() + column;
    }

    /// Rows of inputs that a group of the last row, or of all, reads: less at the window's end.
    int inputs(int groupOfColumn, int outputRows) {
        return Math.min(group, window.height() + outputRows - 1 - groupOfColumn * group);
    }
}
