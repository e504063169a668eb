package org.mobilenet4j.kernel.plain;

import java.util.List;
import org.mobilenet4j.kernel.Kernel;
import org.mobilenet4j.kernel.Memory;

/// Small kernels that run one after the other, as one unit.
public record KernelSequence(List<Kernel> kernels) implements Kernel {
    @Override
    public int units() {
        return 1;
    }

    @Override
    public void run(Memory memory, int from, int to) {
        for (int i = 0; i < kernels.size(); i++) {
            kernels.get(i).run(memory);
        }
    }
}
