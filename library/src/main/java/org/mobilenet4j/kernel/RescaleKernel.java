package org.mobilenet4j.kernel;

import org.mobilenet4j.kernel.layout.Plane;

/// Requantizes exact integer sums in place: see [OutputRescaling].
public interface RescaleKernel extends ArrayKernel {
    /// The plane that holds the sums and receives the results.
    Plane plane();

    /// Processes channels `from` to `to` of all pixels.
    void runChannels(float[] memory, int from, int to);
}
