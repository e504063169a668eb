package org.mobilenet4j.compress.quantize;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Prelu;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.Tensor;

/// Makes of each PReLU what integers compute: `relu(x) + (-alpha) * relu(-x)`, where a factor for each channel is a
/// depthwise convolution of one tap.
final class SplitPrelus {
    private static final Window POINT = Window.square(1, 1, Padding.VALID);

    private final Weights weights;
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();

    private SplitPrelus(Weights weights) {
        this.weights = weights;
    }

    /// The same function without PReLUs; `model` itself if it has none.
    static Model of(Model model) {
        if (model.network().nodes().stream().noneMatch(node -> node.layer() instanceof Prelu)) {
            return model;
        }
        var split = new SplitPrelus(model.weights());
        var body = split.split(model.network().body());
        var network = new Network(model.network().name(), model.network().input(), body);
        for (var name : network.parameters().keySet()) {
            if (!split.tensors.containsKey(name)) {
                split.tensors.put(name, model.weights().get(name));
            }
        }
        return model.withNetwork(network, new Weights(split.tensors));
    }

    private Layer split(Layer layer) {
        if (layer instanceof Prelu prelu) {
            return split(prelu);
        }
        return layer.mapInner(this::split);
    }

    private Layer split(Prelu prelu) {
        var name = prelu.name();
        var slopes = weights.get(name + "/alpha").toArray();
        var below = Sequence.of(
                factor(name + "_minus", slopes.length, null),
                Activation.relu(name + "_below"),
                factor(name + "_slopes", slopes.length, slopes));
        return new Parallel(name, Parallel.Join.ADD, List.of(Sequence.of(Activation.relu(name + "_above")), below));
    }

    /// A factor of minus the slopes, or of minus one, for each channel.
    private DepthwiseConv factor(String name, int channels, float @Nullable [] slopes) {
        var factors = new float[channels];
        for (int c = 0; c < channels; c++) {
            factors[c] = slopes == null ? -1 : -slopes[c];
        }
        tensors.put(name + "/depthwise_kernel", Tensor.of(factors, 1, 1, channels, 1));
        tensors.put(name + "/bias", Tensor.of(new float[channels], channels));
        return DepthwiseConv.of(name, POINT).withBias();
    }
}
