package org.mobilenet4j.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
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
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.LinearLayer;
import org.mobilenet4j.arch.LocalResponseNorm;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Nonlinearity;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.arch.Prelu;
import org.mobilenet4j.arch.Requantize;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Sigmoid;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.arch.ZeroPad;
import org.mobilenet4j.tensor.Tensor;

/// Folds batch normalization into weights and drops dropout, as in models published for inference.
///
/// Batch normalization that directly follows a convolution or a dense layer is folded into its kernel and bias
/// ([BatchNormFolding]). If it follows another layer, or the convolution's output has other readers, it becomes a
/// depthwise convolution of a single tap.
public final class FoldedModel {
    private final Weights from;
    private final SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();

    private FoldedModel(Weights from) {
        this.from = from;
    }

    /// A model with the outputs of `model` up to rounding; `model` itself if there is nothing to fold. Nested
    /// sequences are flattened.
    public static Model of(Model model) {
        var network = model.network();
        if (network.nodes().stream()
                .noneMatch(node -> node.layer() instanceof BatchNorm || node.layer() instanceof Dropout)) {
            return model;
        }
        var folding = new FoldedModel(model.weights());
        var body = folding.fold(network.body());
        var folded = new Network(network.name(), network.input(), body);
        for (var name : folded.parameters().keySet()) {
            folding.tensors.computeIfAbsent(name, model.weights()::get);
        }
        return model.withNetwork(folded, new Weights(folding.tensors));
    }

    private Sequence fold(Layer layer) {
        var flat = new ArrayList<Layer>();
        flatten(layer, flat);
        var layers = new ArrayList<Layer>();
        for (int i = 0; i < flat.size(); i++) {
            var each = flat.get(i);
            if (each instanceof LinearLayer linear
                    && i + 1 < flat.size()
                    && flat.get(i + 1) instanceof BatchNorm norm) {
                fold(linear, norm);
                layers.add(linear.withBias());
                i++;
            } else {
                layers.add(each instanceof BatchNorm norm ? alone(norm) : each.mapInner(this::fold));
            }
        }
        return new Sequence(layer instanceof Sequence sequence ? sequence.name() : "", layers);
    }

    private static void flatten(Layer layer, List<Layer> flat) {
        switch (layer) {
            case Sequence sequence -> sequence.layers().forEach(inner -> flatten(inner, flat));
            case Dropout _ -> {}
            case Conv _,
                    DepthwiseConv _,
                    Dense _,
                    BatchNorm _,
                    Activation _,
                    Pool _,
                    GlobalAveragePool _,
                    Flatten _,
                    Softmax _,
                    Sigmoid _,
                    Nonlinearity _,
                    Prelu _,
                    LocalResponseNorm _,
                    ChannelShuffle _,
                    ZeroPad _,
                    BilinearResize _,
                    Requantize _,
                    Parallel _ -> flat.add(layer);
        }
    }

    private void fold(LinearLayer linear, BatchNorm norm) {
        var kernel = from.get(linear.name() + "/" + linear.kernelName());
        var folding = new BatchNormFolding(norm, from);
        var bias = linear.bias() ? from.get(linear.name() + "/bias").toArray() : new float[folding.channels()];
        put(linear, folding, kernel.toArray(), kernel.dims(), bias);
    }

    private DepthwiseConv alone(BatchNorm norm) {
        var folding = new BatchNormFolding(norm, from);
        var ones = new float[folding.channels()];
        Arrays.fill(ones, 1f);
        var conv = DepthwiseConv.of(norm.name(), Window.square(1, 1, Padding.VALID))
                .withBias();
        put(conv, folding, ones, List.of(1, 1, ones.length, 1), new float[ones.length]);
        return conv;
    }

    private void put(LinearLayer linear, BatchNormFolding folding, float[] kernel, List<Integer> dims, float[] bias) {
        folding.foldKernel(kernel, 0, kernel.length);
        folding.foldBias(bias);
        tensors.put(
                linear.name() + "/" + linear.kernelName(),
                Tensor.of(kernel, dims.stream().mapToInt(Integer::intValue).toArray()));
        tensors.put(linear.name() + "/bias", Tensor.of(bias, bias.length));
    }
}
