package org.mobilenet4j.infer;

import org.mobilenet4j.arch.Node;
import org.mobilenet4j.kernel.Plane;

/// A map that a step of a plan makes, and where it lies until a later step overwrites it.
///
/// @param node the layer whose output it is
/// @param plane its place in memory
/// @param scale what a number in memory stands for: 1 of floats
record VisibleActivation(Node node, Plane plane, float scale) {
    /// Copies it as real numbers, dense NHWC.
    void copyTo(float[] memory, float[] target) {
        var shape = plane.shape();
        int at = 0;
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
