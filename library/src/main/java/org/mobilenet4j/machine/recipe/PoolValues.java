package org.mobilenet4j.machine.recipe;

import org.mobilenet4j.machine.x64.Gpr;
import org.mobilenet4j.machine.x64.Mem;

/// The code by which pooling sums up a window's values, or finds the largest, for a block of channels. It may overwrite
/// all vectors, RAX and RDX.
public interface PoolValues {
    /// Before the first window.
    void begin();

    /// Before a window.
    void zero();

    /// The values there.
    void add(Mem values);

    /// Behind a window of so many values, which writes what comes of it; RSI may be overwritten, too.
    void end(Mem out, Gpr count);

    /// Makes the code for blocks with so many channels.
    interface Factory {
        /// Called once for whole blocks, and once for a last one with fewer channels.
        PoolValues of(int channels);
    }
}
