package org.mobilenet4j.machine.recipe;

/// Which part of a map a routine computes: its last two arguments are two corners of a rectangle of output rows by
/// blocks of channels, the second one exclusive. Any rectangles that do not overlap may be computed at the same time.
public final class Corner {
    /// Bits below the block.
    public static final int BLOCK_SHIFT = 32;

    private Corner() {}

    /// As a routine's argument.
    ///
    /// @param row   of the output
    /// @param block of channels
    public static long at(int row, int block) {
        return (long) block << BLOCK_SHIFT | row;
    }
}
