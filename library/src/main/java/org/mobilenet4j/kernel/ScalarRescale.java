package org.mobilenet4j.kernel;

/// The reference: value by value.
final class ScalarRescale implements RescaleKernel {
    private final Plane plane;
    private final Rescaling rescaling;

    ScalarRescale(Plane plane, Rescaling rescaling) {
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
            row(memory, plane, y, from, to, rescaling);
        }
    }

    /// Channels `from` to `to` of row `y`.
    static void row(float[] memory, Plane plane, int y, int from, int to, Rescaling rescaling) {
        for (int x = 0; x < plane.shape().width(); x++) {
            int at = plane.at(y, x);
            for (int c = from; c < to; c++) {
                memory[at + c] = rescaling.apply((int) memory[at + c], c);
            }
        }
    }
}
