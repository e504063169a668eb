package org.mobilenet4j.kernel.quantized;

import java.util.List;
import org.mobilenet4j.kernel.PlainKernel;
import org.mobilenet4j.kernel.layout.Plane;

/// `out = table[in]` for every value: any elementwise mapping between quantized values, such as an activation, a
/// requantization, or a branch of a concatenation.
///
/// @param in the input
/// @param out the output, of the same shape; may be `in` itself
/// @param table the results
public record Lookup(Plane in, Plane out, Table table) implements PlainKernel {
    /// A result for each value from the least one on.
    public static final class Table {
        private final int least;
        private final float[] results;

        /// Wraps `results`, taking ownership.
        ///
        /// @param least the value that the first result belongs to
        public Table(int least, float[] results) {
            this.least = least;
            this.results = results;
        }

        /// The result for `value`.
        public float at(int value) {
            return results[value - least];
        }
    }

    public Lookup {
        if (!in.shape().equals(out.shape())) {
            throw new IllegalArgumentException("cannot look up " + in.shape() + " to " + out.shape());
        }
    }

    @Override
    public List<Plane> inputs() {
        return List.of(in);
    }

    @Override
    public void run(float[] memory, int from, int to) {
        var results = table.results;
        for (int y = from; y < to; y++) {
            for (int x = 0; x < out.shape().width(); x++) {
                int source = in.at(y, x);
                int target = out.at(y, x);
                for (int c = 0; c < out.shape().channels(); c++) {
                    memory[target + c] = results[(int) memory[source + c] - table.least];
                }
            }
        }
    }
}
