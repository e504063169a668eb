package org.mobilenet4j.infer;

import java.util.List;
import org.mobilenet4j.kernel.Kernel;
import org.mobilenet4j.kernel.Memory;

/// One operation of a plan.
///
/// @param layers names of the layer, or of the layers fused into it
/// @param kernel computes it
/// @param borders zero padding to write around feature maps whose memory comes into use with this step
/// @param work its cost
record Step(List<String> layers, Kernel kernel, List<Kernel> borders, Work work) {
    /// The names of its layers, joined.
    String name() {
        return String.join("+", layers);
    }

    /// Runs all units.
    void run(Memory memory) {
        run(memory, 0, kernel.units());
    }

    /// Runs units `from` to `to`; zero padding is written with the first.
    void run(Memory memory, int from, int to) {
        if (from == 0) {
            for (int i = 0; i < borders.size(); i++) {
                borders.get(i).run(memory);
            }
        }
        kernel.run(memory, from, to);
    }
}
