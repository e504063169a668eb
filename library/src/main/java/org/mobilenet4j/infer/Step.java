package org.mobilenet4j.infer;

import java.util.List;
import org.mobilenet4j.kernel.Kernel;
import org.mobilenet4j.kernel.Memory;
import org.mobilenet4j.kernel.plain.ZeroPadding;

/// One operation of a plan.
///
/// @param layers names of the layer, or of those that are computed together
/// @param kernel what computes it
/// @param borders zeros to write around maps whose memory comes into use with this step
/// @param work how much it is
record Step(List<String> layers, Kernel kernel, List<ZeroPadding> borders, Work work) {
    /// The names of its layers, joined.
    String name() {
        return String.join("+", layers);
    }

    /// Does all units.
    void run(Memory memory) {
        run(memory, 0, kernel.units());
    }

    /// Does units `from` to `to`; the borders belong to the first.
    void run(Memory memory, int from, int to) {
        if (from == 0) {
            for (int i = 0; i < borders.size(); i++) {
                borders.get(i).run(memory);
            }
        }
        kernel.run(memory, from, to);
    }
}
