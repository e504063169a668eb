package org.mobilenet4j.kernel;

/// A kernel that sums products, and tells which outputs each of its units computes.
public interface SumKernel extends Kernel {
    /// Whether a unit is an output row rather than a range of output channels.
    default boolean unitsAreRows() {
        return true;
    }

    /// The first output channel of unit `unit` if units are channel ranges; the number of channels for the end.
    default int firstChannel(int unit) {
        throw new IllegalStateException("units are rows");
    }
}
