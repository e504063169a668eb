package org.mobilenet4j.machine.recipe.train;

import java.util.ArrayList;
import java.util.List;
import org.mobilenet4j.kernel.layout.PixelStride;
import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.x64.instruction.Width;

/// A matrix of `depth x width` weights, with the rows that are multiplied by it and those that come out.
///
/// Columns are dealt with in panels of whole vectors, two of them but for the last one: three if their number is odd,
/// as a tile of one vector has a load for each of its multiply-adds. Vectors are shorter where that leaves out many of
/// the columns that rows are filled up with.
///
/// @param inStride  floats from one row of inputs to the next, at least `depth`
/// @param outStride floats from one row of outputs to the next, at least `PixelStride.of(width)`
public record MatrixShape(int depth, int width, int inStride, int outStride) {
    private static final int HIGHEST_NARROW = 14;

    /// Columns of a panel.
    ///
    /// @param first the first of its columns
    /// @param columns how many: one to three vectors
    public record Panel(int first, int columns) {}

    /// Columns with those that are filled up: whole vectors of any width.
    public int columns() {
        return PixelStride.of(width);
    }

    /// The vectors to take.
    Width vectorWidth(Isa isa) {
        int halves = Math.ceilDiv(width, Width.YMM.floats());
        return halves == 1 || halves == 3 ? Width.YMM : isa.width();
    }

    /// The panels for those instructions, which lie one after the other.
    public List<Panel> panels(Isa isa) {
        int lanes = vectorWidth(isa).floats();
        int all = Math.ceilDiv(width, lanes);
        var panels = new ArrayList<Panel>();
        for (int vector = 0; vector < all; ) {
            int left = all - vector;
            int vectors = left == 1 || left == 3 ? left : 2;
            panels.add(new Panel(vector * lanes, vectors * lanes));
            vector += vectors;
        }
        return List.copyOf(panels);
    }

    /// Columns behind all panels, which are to become zero: none, or half a cache line.
    int columnsLeft(Isa isa) {
        int lanes = vectorWidth(isa).floats();
        return columns() - Math.ceilDiv(width, lanes) * lanes;
    }

    /// Rows of most tiles.
    public static int height(Isa isa) {
        return highest(2, isa);
    }

    /// Rows of the highest tile with so many vectors: its sums, a panel's vectors and one broadcast fill the registers.
    static int highest(int vectors, Isa isa) {
        int most = (isa.registers() - vectors - 1) / vectors;
        return vectors == 1 ? Math.min(most, HIGHEST_NARROW) : most;
    }
}
