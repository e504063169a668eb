package org.mobilenet4j.kernel.plain;

import org.mobilenet4j.kernel.Memory;
import org.mobilenet4j.kernel.layout.Plane;

/// A feature map in a plan's memory, readable as floats.
///
/// @param plane where it lies
/// @param scale the factor from values in memory to real values: the quantization scale of a quantized feature map,
///     as zero points are already subtracted; 1 for floats
/// @param zeroPoint the byte that stands for zero, where places are bytes; 0 elsewhere
public record FloatMap(Plane plane, float scale, int zeroPoint) {
    /// A map of a network of floats.
    public FloatMap(Plane plane) {
        this(plane, 1, 0);
    }

    /// Copies it to `target`, dense NHWC from `offset` on.
    public void copyTo(Memory memory, float[] target, int offset) {
        var shape = plane.shape();
        int at = offset;
        for (int y = 0; y < shape.height(); y++) {
            for (int x = 0; x < shape.width(); x++) {
                memory.get(plane.at(y, x), target, at, shape.channels(), zeroPoint);
                at += shape.channels();
            }
        }
        for (int i = offset; i < at && scale != 1; i++) {
            target[i] *= scale;
        }
    }
}
