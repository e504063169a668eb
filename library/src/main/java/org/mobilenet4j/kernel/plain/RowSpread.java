package org.mobilenet4j.kernel.plain;

import java.util.List;
import org.mobilenet4j.kernel.PlainKernel;
import org.mobilenet4j.kernel.layout.Plane;

/// Moves the rows of a map apart that was put to the end of its own place without gaps, from where on they are read by
/// one copy.
///
/// @param map whose pixels have no gaps, but its rows may
public record RowSpread(Plane map) implements PlainKernel {
    public RowSpread {
        if (map.pixelStride() != map.shape().channels()) {
            throw new IllegalArgumentException("gaps between the pixels of " + map);
        }
    }

    /// Floats of a row.
    public int row() {
        return map.shape().width() * map.pixelStride();
    }

    /// Where the values are put: no row is overwritten before it is moved, and the last one need not be.
    public int start() {
        return map.offset() + (map.shape().height() - 1) * (map.rowStride() - row());
    }

    @Override
    public List<Plane> inputs() {
        return List.of(Plane.dense(start(), map.shape()));
    }

    @Override
    public Plane out() {
        return map;
    }

    /// A single unit, as rows are moved one after the other.
    @Override
    public int units() {
        return 1;
    }

    @Override
    public void run(float[] memory, int from, int to) {
        for (int y = 0; y < map.shape().height() - 1; y++) {
            System.arraycopy(memory, start() + y * row(), memory, map.at(y, 0), row());
        }
    }
}
