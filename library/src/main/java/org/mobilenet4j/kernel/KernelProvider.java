package org.mobilenet4j.kernel;

/// What makes a program's kernels, and the memory that they work on.
public interface KernelProvider {
    /// Memory of so many places, of the kind that these kernels work on.
    Memory memory(int places);

    /// To be called when all kernels of a program are made, and none has run: what they share is made ready.
    void finish();
}
