package org.mobilenet4j.kernel;

/// Exact sums of whole numbers become stored numbers, in their place: see [Rescaling].
public sealed interface RescaleKernel extends Kernel permits ScalarRescale, VectorRescale {
    /// A kernel for `plane`, which holds sums that floats add up exactly.
    static RescaleKernel create(Arithmetic arithmetic, Plane plane, Rescaling rescaling) {
        if (plane.shape().channels() != rescaling.channels()) {
            throw new IllegalArgumentException(
                    "a map of " + plane.shape() + " needs a multiplier for each channel, not " + rescaling.channels());
        }
        return switch (arithmetic) {
            case SCALAR -> new ScalarRescale(plane, rescaling);
            case VECTOR -> new VectorRescale(plane, rescaling);
        };
    }

    /// Where the sums are, and where the results go.
    Plane plane();

    /// Channels `from` to `to` of all pixels.
    void runChannels(float[] memory, int from, int to);
}
