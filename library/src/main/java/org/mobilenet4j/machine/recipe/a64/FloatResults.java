package org.mobilenet4j.machine.recipe.a64;

import static org.mobilenet4j.machine.a64.Vector.s4;

import org.mobilenet4j.kernel.layout.Clamp;
import org.mobilenet4j.machine.a64.A64Assembler;

/// What becomes of a tile's sums in floats.
record FloatResults(A64Assembler a, Clamp clamp) {
    /// Clamps and writes them; X30 and register 0 are overwritten.
    void emit(PixelTile tile) {
        ClampCode.emit(a, clamp, PixelTile.FIRST_SUM, tile.pixels() * tile.vectors(), s4(0));
        for (int pixel = 0; pixel < tile.pixels(); pixel++) {
            for (int vector = 0; vector < tile.vectors(); vector++) {
                tile.lanes(vector).store(tile.sum(pixel, vector), tile.output(pixel), vector * Lanes.BYTES);
            }
        }
    }
}
