package org.mobilenet4j.kernel;

/// Exact sums of whole numbers become stored numbers, in their place: see [Rescaling].
public sealed interface RescaleKernel extends Kernel permits ScalarRescale, VectorRescale {
    /// A kernel for `plane`, which holds sums of a magnitude of up to 2^24.
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

    /// Channels `from` to `to` of all pixels.
    void runChannels(float[] memory, int from, int to);
}
