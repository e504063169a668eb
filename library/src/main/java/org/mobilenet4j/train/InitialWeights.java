package org.mobilenet4j.train;

import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.arch.Parameter;
import org.mobilenet4j.arch.Parameter.Role;
import org.mobilenet4j.arch.Prelu;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.Tensor;

/// Initial weights for training: kernels from a normal distribution with variance `2 / fan-in` (He et al., arXiv
/// 1502.01852), batch normalizations as the identity, biases zero. The last kernel is small, so that the first
/// scores are about equal.
///
/// Before a batch normalization the scale changes no output, but it is a hidden learning rate: a filter turns by the
/// rate over its squared norm. Networks of depthwise convolutions want more of it, and get variance `1 / (3 fan-in)`
/// there, PyTorch's default.
public final class InitialWeights {
    private static final double LAST_DEVIATION = 0.01;

    private InitialWeights() {}

    /// The weights for `seed`.
    public static Weights of(Network network, long seed) {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        var tensors = new LinkedHashMap<String, Tensor>();
        var parameters = network.parameters();
        var last = parameters.sequencedEntrySet().reversed().stream()
                .filter(entry -> entry.getValue().role() == Role.WEIGHT)
                .map(java.util.Map.Entry::getKey)
                .findFirst()
                .orElse("");
        var normalized = normalized(network);
        parameters.forEach((name, parameter) -> {
            double variance = normalized.contains(name) ? 1.0 / 3 : 2;
            double deviation = name.equals(last) ? LAST_DEVIATION : Math.sqrt(variance / fanIn(parameter));
            int[] dims = parameter.dims().stream().mapToInt(Integer::intValue).toArray();
            tensors.put(name, Tensor.of(values(parameter, deviation, random), dims));
        });
        return new Weights(tensors);
    }

    /// The kernels before a batch normalization, if the network has depthwise convolutions.
    private static Set<String> normalized(Network network) {
        var kernels = new HashSet<String>();
        boolean isSeparable = network.nodes().stream().anyMatch(node -> node.layer() instanceof DepthwiseConv);
        for (var node : network.nodes()) {
            if (isSeparable
                    && node.layer() instanceof BatchNorm
                    && node.inputs().getFirst() != Node.INPUT) {
                var before = network.nodes().get(node.inputs().getFirst() - 1);
                before.parameters().stream()
                        .filter(parameter -> parameter.role() == Role.WEIGHT)
                        .forEach(parameter -> kernels.add(before.name() + "/" + parameter.name()));
            }
        }
        return kernels;
    }

    /// Fan-in: inputs of one output; a depthwise kernel reads a single channel.
    private static int fanIn(Parameter parameter) {
        var dims = parameter.dims();
        return parameter.name().equals("depthwise_kernel")
                ? dims.get(0) * dims.get(1)
                : Math.max(1, parameter.size() / dims.getLast());
    }

    private static float[] values(Parameter parameter, double deviation, RandomGenerator random) {
        var values = new float[parameter.size()];
        if (parameter.role() == Role.WEIGHT) {
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (random.nextGaussian() * deviation);
            }
        } else if (parameter.name().equals("gamma") || parameter.name().equals("moving_variance")) {
            Arrays.fill(values, 1f);
        } else if (parameter.name().equals("alpha")) {
            Arrays.fill(values, (float) Prelu.START);
        }
        return values;
    }
}
