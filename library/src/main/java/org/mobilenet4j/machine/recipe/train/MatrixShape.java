package org.mobilenet4j.machine.recipe.train;

import java.util.ArrayList;
import java.util.List;
import org.mobilenet4j.kernel.layout.PixelStride;
import org.mobilenet4j.machine.Isa;

/// A matrix of `depth x width` weights, with the rows that are multiplied by it and those that come out.
///
/// Columns are dealt with in panels of whole vectors, two of them but for the last one: three if their number is odd,
/// as a tile of one vector has a load for each of its multiply-adds.
///
/// @param inStride  floats from one row of inputs to the next, at least `depth`
/// @param outStride floats from one row of outputs to the next, at least `PixelStride.of(width)`
public record MatrixShape(int depth, int width, int inStride, int outStride) {
    /// Columns of a panel.
    ///
    /// @param first the first of its columns
    /// @param columns how many: one to three vectors
    public record Panel(int first, int columns) {}

    /// Columns with those that are filled up: whole vectors of any width.
    public int columns() {
        return PixelStride.of(width);
    }

    /// The panels for those instructions, which lie one after the other.
    public List<Panel> panels(Isa isa) {
        int lanes = isa.width().floats();
        int all = columns() / lanes;
        var panels = new ArrayList<Panel>();
        for (int vector = 0; vector < all; ) {
            int left = all - vector;
            int vectors = left == 1 || left == 3 ? left : 2;
            panels.add(new Panel(vector * lanes, vectors * lanes));
            vector += vectors;
        }
        return List.copyOf(panels);
    }

    /// Rows of the highest tile with so many vectors: its sums, a panel's vectors and one broadcast fill the registers.
    static int highest(int vectors, Isa isa) {
        int most = (isa.registers() - vectors - 1) / vectors;
        return vectors == 1 ? Math.min(most, HIGHEST_NARROW) : most;
    }

    private static final int HIGHEST_NARROW = 14;
}
