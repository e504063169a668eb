package org.mobilenet4j.kernel;

/// A kernel that adds up products, and says which outputs a unit of it is.
public interface SumKernel extends Kernel {
    /// Whether a unit is a row of the output map, and not a range of its channels.
    default boolean unitsAreRows() {
        return true;
    }

    /// The first output channel of unit `unit`, where units are ranges of channels; their number for the end.
    default int firstChannel(int unit) {
        throw new IllegalStateException("units are rows");
    }
}
