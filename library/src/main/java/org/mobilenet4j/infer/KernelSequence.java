package org.mobilenet4j.infer;

import java.util.List;
import org.mobilenet4j.kernel.Kernel;

/// Small kernels that run one after the other, as one unit.
record KernelSequence(List<Kernel> kernels) implements Kernel {
    @Override
    public int units() {
        return 1;
    }

    @Override
    public void run(float[] memory, int from, int to) {
        for (int i = 0; i < kernels.size(); i++) {
            kernels.get(i).run(memory);
        }
    }
}
