package org.mobilenet4j.kernel.machine;

import org.mobilenet4j.kernel.Kernel;
import org.mobilenet4j.kernel.Memory;
import org.mobilenet4j.kernel.plain.ZeroPadding;

/// Zero padding off the heap without machine code: copies of zeros.
record CopiedPadding(ZeroPadding padding) implements Kernel {
    private static final float[] ZEROS = new float[1024];

    @Override
    public int units() {
        return 1;
    }

    @Override
    public void run(Memory memory, int from, int to) {
        var plane = padding.plane();
        int width = plane.shape().width();
        int height = plane.shape().height();
        int end = width + padding.right();
        for (int y = -padding.top(); y < height + padding.bottom(); y++) {
            if (y < 0 || y >= height) {
                zero(memory, plane.at(y, -padding.left()), plane.at(y, end));
            } else {
                zero(memory, plane.at(y, -padding.left()), plane.at(y, 0));
                zero(memory, plane.at(y, width), plane.at(y, end));
            }
        }
    }

    private static void zero(Memory memory, int from, int to) {
        for (int at = from; at < to; at += ZEROS.length) {
            memory.put(ZEROS, 0, at, Math.min(ZEROS.length, to - at));
        }
    }
}
