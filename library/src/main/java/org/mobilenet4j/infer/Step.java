package org.mobilenet4j.infer;

import java.util.List;
import org.mobilenet4j.kernel.Border;
import org.mobilenet4j.kernel.Kernel;

/// One operation of a plan.
///
/// @param name of the layer, or of both layers that are computed together
/// @param kernel what computes it
/// @param borders zeros to write around maps whose memory comes into use with this step
/// @param multAdds what the paper counts
/// @param values that are read and written
record Step(String name, Kernel kernel, List<Border> borders, long multAdds, long values) {
    /// How long it takes, roughly, in mult-adds; a value costs about as much as one.
    long work() {
        return Math.max(multAdds, values);
    }

    /// Does units `from` to `to`; the borders belong to the first.
    void run(float[] memory, int from, int to) {
        if (from == 0) {
            for (int i = 0; i < borders.size(); i++) {
                borders.get(i).run(memory);
            }
        }
        kernel.run(memory, from, to);
    }
}
