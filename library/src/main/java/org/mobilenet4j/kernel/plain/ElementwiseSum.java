package org.mobilenet4j.kernel.plain;

import java.util.List;
import org.mobilenet4j.kernel.PlainKernel;
import org.mobilenet4j.kernel.layout.Clamp;
import org.mobilenet4j.kernel.layout.Plane;

/// `out = clamp(in[0] + in[1] + ...)`: joins the branches of a residual block.
///
/// @param inputs all of one shape
/// @param out the output, of the same shape
public record ElementwiseSum(List<Plane> inputs, Plane out, Clamp clamp) implements PlainKernel {
    public ElementwiseSum {
        inputs = List.copyOf(inputs);
        for (var in : inputs) {
            if (!in.shape().equals(out.shape())) {
                throw new IllegalArgumentException("cannot add " + in.shape() + " to " + out.shape());
            }
        }
    }

    @Override
    public void run(float[] memory, int from, int to) {
        for (int y = from; y < to; y++) {
            for (int x = 0; x < out.shape().width(); x++) {
                int target = out.at(y, x);
                for (int c = 0; c < out.shape().channels(); c++) {
                    float sum = 0;
                    for (int i = 0; i < inputs.size(); i++) {
                        sum += memory[inputs.get(i).at(y, x) + c];
                    }
                    memory[target + c] = clamp.apply(sum);
                }
            }
        }
    }
}
