package org.mobilenet4j.kernel.plain;

import java.util.List;
import org.mobilenet4j.arch.Nonlinearity;
import org.mobilenet4j.kernel.PlainKernel;
import org.mobilenet4j.kernel.layout.Plane;

/// A nonlinearity of every value, in double precision.
///
/// @param in the input
/// @param out the output, of the same shape; may be `in` itself
/// @param layer the function
public record NonlinearityKernel(Plane in, Plane out, Nonlinearity layer) implements PlainKernel {
    public NonlinearityKernel {
        if (!in.shape().equals(out.shape())) {
            throw new IllegalArgumentException(
                    layer.function() + " cannot change the shape from " + in.shape() + " to " + out.shape());
        }
    }

    @Override
    public List<Plane> inputs() {
        return List.of(in);
    }

    @Override
    public void run(float[] memory, int from, int to) {
        for (int y = from; y < to; y++) {
            for (int x = 0; x < out.shape().width(); x++) {
                int source = in.at(y, x);
                int target = out.at(y, x);
                for (int c = 0; c < out.shape().channels(); c++) {
                    memory[target + c] = (float) layer.at(memory[source + c]);
                }
            }
        }
    }
}
