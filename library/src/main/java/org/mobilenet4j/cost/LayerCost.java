package org.mobilenet4j.cost;

import java.util.Objects;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.BilinearResize;
import org.mobilenet4j.arch.ChannelShuffle;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.Dropout;
import org.mobilenet4j.arch.Flatten;
import org.mobilenet4j.arch.GlobalAveragePool;
import org.mobilenet4j.arch.LocalResponseNorm;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.arch.Nonlinearity;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.arch.Prelu;
import org.mobilenet4j.arch.Requantize;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Sigmoid;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.arch.ZeroPad;
import org.mobilenet4j.tensor.Shape;

/// The cost of one layer for one image.
///
/// @param name the layer's name
/// @param kind the kind it is summed under
/// @param input input shape
/// @param output output shape
/// @param multAdds multiply-accumulate operations; only convolutions and dense layers have any, as in the paper
/// @param parameters number of parameters
public record LayerCost(String name, Kind kind, Shape input, Shape output, long multAdds, ParameterCount parameters) {
    public LayerCost {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(input, "input");
        Objects.requireNonNull(output, "output");
        Objects.requireNonNull(parameters, "parameters");
    }

    /// @throws IllegalArgumentException when a kernel is larger than any tensor may be
    static LayerCost of(Node node) {
        var parameters = ParameterCount.of(node.parameters());
        return new LayerCost(
                node.name(), Kind.of(node.layer()), node.input(), node.output(), multAdds(node), parameters);
    }

    /// Bytes of the output as float32.
    public long outputBytes() {
        return (long) Float.BYTES * output.elements();
    }

    /// Taps that fall on padding are counted, as in the paper. Cannot overflow: a feature map and a kernel have at
    /// most 2^30 values each.
    private static long multAdds(Node node) {
        long outputs = node.output().elements();
        long eachOutput = switch (node.layer()) {
            case Conv conv -> (long) conv.window().taps() * (node.input().channels() / conv.groups());
            case DepthwiseConv depthwise -> depthwise.window().taps();
            case Dense _ -> node.input().channels();
            case BatchNorm _,
                    Activation _,
                    Pool _,
                    GlobalAveragePool _,
                    Flatten _,
                    Dropout _,
                    Softmax _,
                    Sigmoid _,
                    Nonlinearity _,
                    Prelu _,
                    LocalResponseNorm _,
                    ChannelShuffle _,
                    ZeroPad _,
                    BilinearResize _,
                    Requantize _,
                    Sequence _,
                    Parallel _ -> 0;
        };
        return outputs * eachOutput;
    }
}
