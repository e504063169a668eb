package org.mobilenet4j.kernel.plain;

import java.util.Arrays;
import java.util.List;
import org.mobilenet4j.kernel.PlainKernel;
import org.mobilenet4j.kernel.layout.Plane;

/// Zero padding around a feature map, so that a convolution's window may reach over its edge without checks.
///
/// Memory is shared between feature maps with disjoint lifetimes, so the zeros are written anew before each use.
/// Where places are bytes, a zero is the map's zero point.
///
/// @param plane the feature map in the middle
/// @param top rows of zeros above
/// @param bottom rows of zeros below
/// @param left pixels of zeros left of each row
/// @param right pixels of zeros right of each row
/// @param zeroPoint the byte that stands for zero, where places are bytes; 0 elsewhere
public record ZeroPadding(Plane plane, int top, int bottom, int left, int right, int zeroPoint) implements PlainKernel {
    public ZeroPadding {
        if (plane.rowStride() < (left + plane.shape().width() + right) * plane.pixelStride()) {
            throw new IllegalArgumentException("no room for zero padding of " + left + " and " + right + " around "
                    + plane.shape() + " with rows of " + plane.rowStride());
        }
    }

    /// Around a map of floats.
    public ZeroPadding(Plane plane, int top, int bottom, int left, int right) {
        this(plane, top, bottom, left, right, 0);
    }

    /// A single unit, as there is little to do.
    @Override
    public int units() {
        return 1;
    }

    @Override
    public List<Plane> inputs() {
        return List.of();
    }

    @Override
    public Plane out() {
        return plane;
    }

    @Override
    public void run(float[] memory, int from, int to) {
        int height = plane.shape().height();
        int width = plane.shape().width();
        for (int y = -top; y < height + bottom; y++) {
            if (y < 0 || y >= height) {
                Arrays.fill(memory, plane.at(y, -left), plane.at(y, width + right), 0f);
            } else {
                Arrays.fill(memory, plane.at(y, -left), plane.at(y, 0), 0f);
                Arrays.fill(memory, plane.at(y, width), plane.at(y, width + right), 0f);
            }
        }
    }
}
