package org.mobilenet4j.infer;

import org.mobilenet4j.kernel.layout.Plane;

/// A feature map in a plan's memory, readable as floats.
///
/// @param plane where it lies
/// @param scale the factor from values in memory to real values: the quantization scale of a quantized feature map,
///     as zero points are already subtracted; 1 for floats
record FloatMap(Plane plane, float scale) {
    /// Copies it to `target`, dense NHWC from `offset` on.
    void copyTo(float[] memory, float[] target, int offset) {
        var shape = plane.shape();
        int at = offset;
        for (int y = 0; y < shape.height(); y++) {
            for (int x = 0; x < shape.width(); x++) {
                int from = plane.at(y, x);
                for (int c = 0; c < shape.channels(); c++) {
                    target[at++] = scale * memory[from + c];
                }
            }
        }
    }
}
