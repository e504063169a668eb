package org.mobilenet4j.machine.recipe;

/// Code for some pixels of a row, or of two, by some channels of a depthwise convolution. R14 and R15 say where its
/// windows and outputs begin; it moves both on.
public interface ChannelTile {
    /// Bytes from a block's first channel to this tile's.
    int offset();

    /// Whether it can do two rows at once, or one.
    int mostRows();

    /// The columns that the registers hold sums of.
    int mostColumns(int rows);

    /// Writes the code that brings its weights and parameters to registers.
    void begin();

    /// Writes the code for so many rows and columns.
    void emit(int rows, int columns);
}
