package org.mobilenet4j.kernel.plain;

import java.util.List;
import org.mobilenet4j.kernel.PlainKernel;
import org.mobilenet4j.kernel.layout.Plane;

/// ShuffleNet's channel shuffle: with `g` groups of `n` channels, `out[i*g + j] = in[j*n + i]`.
///
/// @param in the input
/// @param out the output, of the same shape, in other memory
/// @param groups a divisor of the number of channels
public record ChannelShuffleKernel(Plane in, Plane out, int groups) implements PlainKernel {
    public ChannelShuffleKernel {
        if (!in.shape().equals(out.shape()) || in.shape().channels() % groups != 0) {
            throw new IllegalArgumentException(
                    "cannot shuffle " + in.shape() + " into " + out.shape() + " in " + groups + " groups");
        }
    }

    @Override
    public List<Plane> inputs() {
        return List.of(in);
    }

    @Override
    public void run(float[] memory, int from, int to) {
        int each = out.shape().channels() / groups;
        for (int y = from; y < to; y++) {
            for (int x = 0; x < out.shape().width(); x++) {
                int source = in.at(y, x);
                int target = out.at(y, x);
                for (int i = 0; i < each; i++) {
                    for (int j = 0; j < groups; j++) {
                        memory[target + i * groups + j] = memory[source + j * each + i];
                    }
                }
            }
        }
    }
}
