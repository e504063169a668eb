package org.mobilenet4j.kernel.scalar;

import org.mobilenet4j.kernel.OutputRescaling;
import org.mobilenet4j.kernel.RescaleKernel;
import org.mobilenet4j.kernel.layout.Plane;

/// The reference: value by value.
final class ScalarRescale implements RescaleKernel {
    private final Plane plane;
    private final OutputRescaling rescaling;

    ScalarRescale(Plane plane, OutputRescaling rescaling) {
        this.plane = plane;
        this.rescaling = rescaling;
    }

    @Override
    public Plane plane() {
        return plane;
    }

    /// One unit is one row.
    @Override
    public int units() {
        return plane.shape().height();
    }

    @Override
    public void run(float[] memory, int from, int to) {
        run(memory, from, to, 0, rescaling.channels());
    }

    @Override
    public void runChannels(float[] memory, int from, int to) {
        run(memory, 0, plane.shape().height(), from, to);
    }

    private void run(float[] memory, int fromRow, int toRow, int from, int to) {
        for (int y = fromRow; y < toRow; y++) {
            rescaling.apply(memory, plane, y, from, to);
        }
    }
}
