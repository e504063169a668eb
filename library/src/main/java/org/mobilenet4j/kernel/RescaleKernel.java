package org.mobilenet4j.kernel;

import org.mobilenet4j.kernel.layout.Plane;

/// Exact integer sums become quantized values, in their place: see [OutputRescaling].
public interface RescaleKernel extends ArrayKernel {
    /// Where the sums are, and where the results go.
    Plane plane();

    /// Channels `from` to `to` of all pixels.
    void runChannels(float[] memory, int from, int to);
}
