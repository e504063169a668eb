package org.mobilenet4j.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.Dropout;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.tensor.Tensor;

/// Models without batch normalisation and dropout, as they are published for inference.
///
/// Batch normalisation right behind a convolution or a dense layer is multiplied into its kernel and bias, in double
/// precision: `kernel' = kernel * s` and `bias' = (bias - mean) * s + beta` with
/// `s = gamma / sqrt(variance + epsilon)` for each output channel. Where something else comes before it, or others
/// read the convolution too, it stays.
public final class FoldedModel {
    private final Weights from;
    private final SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();

    private FoldedModel(Weights from) {
        this.from = from;
    }

    /// A model whose outputs are those of `model` up to rounding; `model` itself where there is nothing to fold.
    /// Sequences inside sequences become one.
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
        return new Model(folded, new Weights(folding.tensors), model.labels(), model.preprocessing(), model.notes());
    }

    private Sequence fold(Layer layer) {
        var flat = new ArrayList<Layer>();
        flatten(layer, flat);
        var layers = new ArrayList<Layer>();
        for (int i = 0; i < flat.size(); i++) {
            var biased = withBias(flat.get(i));
            if (biased != null && i + 1 < flat.size() && flat.get(i + 1) instanceof BatchNorm norm) {
                fold(flat.get(i), norm);
                layers.add(biased);
                i++;
            } else {
                layers.add(flat.get(i) instanceof Parallel parallel ? fold(parallel) : flat.get(i));
            }
        }
        return new Sequence(layer instanceof Sequence sequence ? sequence.name() : "", layers);
    }

    private Parallel fold(Parallel parallel) {
        List<Layer> branches = new ArrayList<>();
        parallel.branches().forEach(branch -> branches.add(fold(branch)));
        return new Parallel(parallel.name(), parallel.join(), branches);
    }

    private static void flatten(Layer layer, List<Layer> flat) {
        switch (layer) {
            case Sequence sequence -> sequence.layers().forEach(inner -> flatten(inner, flat));
            case Dropout _ -> {}
            default -> flat.add(layer);
        }
    }

    /// The layer with a bias, if it is one that a batch normalisation can be multiplied into.
    private static @Nullable Layer withBias(Layer layer) {
        return switch (layer) {
            case Conv conv -> conv.withBias();
            case DepthwiseConv conv -> conv.withBias();
            case Dense dense -> Dense.of(dense.name(), dense.units());
            default -> null;
        };
    }

    private void fold(Layer linear, BatchNorm norm) {
        var scale = scale(norm);
        var beta = from.get(norm.name() + "/beta");
        var mean = from.get(norm.name() + "/moving_mean");
        var biasName = linear.name() + "/bias";
        var bias = from.tensors().containsKey(biasName) ? from.get(biasName).toArray() : new float[scale.length];
        for (int c = 0; c < bias.length; c++) {
            bias[c] = (float) ((bias[c] - (double) mean.get(c)) * scale[c] + beta.get(c));
        }
        var name = linear.name() + (linear instanceof DepthwiseConv ? "/depthwise_kernel" : "/kernel");
        var kernel = from.get(name).toArray();
        for (int i = 0; i < kernel.length; i++) { // output channels are innermost
            kernel[i] = (float) (kernel[i] * scale[i % scale.length]);
        }
        var dims = from.get(name).dims().stream().mapToInt(Integer::intValue).toArray();
        tensors.put(name, Tensor.of(kernel, dims));
        tensors.put(biasName, Tensor.of(bias, bias.length));
    }

    private double[] scale(BatchNorm norm) {
        var gamma = from.get(norm.name() + "/gamma");
        var variance = from.get(norm.name() + "/moving_variance");
        var scale = new double[gamma.size()];
        Arrays.setAll(scale, c -> gamma.get(c) / Math.sqrt(variance.get(c) + norm.epsilon()));
        return scale;
    }
}
