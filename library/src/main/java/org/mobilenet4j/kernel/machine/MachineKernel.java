package org.mobilenet4j.kernel.machine;

import java.lang.ref.Reference;
import org.mobilenet4j.kernel.Kernel;
import org.mobilenet4j.kernel.Memory;

/// A kernel of machine code. What its code reads is kept as long as it runs.
abstract class MachineKernel implements Kernel {
    /// Does units `from` (inclusive) to `to` (exclusive) in the memory at address `memory`.
    abstract void run(long memory, int from, int to);

    @Override
    public final void run(Memory memory, int from, int to) {
        try {
            run(memory.address(), from, to);
        } finally {
            // Code knows addresses only, of which the collector knows nothing.
            Reference.reachabilityFence(memory);
            Reference.reachabilityFence(this);
        }
    }
}
