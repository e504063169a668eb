package org.mobilenet4j.benchmarks.peers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.Dropout;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.Tensor;

/// MobileNet without its batch normalisations and dropout, as models for inference are published:
/// multiplied into the convolutions before them, which get a bias. So no engine has more to do than
/// another.
final class FoldedModel {
    private final Weights from;
    private final ArrayList<Layer> layers = new ArrayList<>();
    private final SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();

    private FoldedModel(Weights from) {
        this.from = from;
    }

    /// The model whose outputs are the same up to rounding.
    ///
    /// @param model a chain of layers in which a batch normalisation follows every convolution, and
    ///     nothing else
    /// @throws IllegalArgumentException when it is another
    static Model of(Model model) {
        var folded = new FoldedModel(model.weights());
        var nodes = model.network().nodes();
        for (int i = 0; i < nodes.size(); i++) {
            var node = nodes.get(i);
            switch (node.layer()) {
                case Dropout _ -> {}
                case Conv conv -> folded.add(conv.withBias(), node, nodes.get(++i));
                case DepthwiseConv conv -> folded.add(conv.withBias(), node, nodes.get(++i));
                case BatchNorm norm -> throw new IllegalArgumentException(norm.name() + " follows no convolution");
                default -> folded.add(node);
            }
        }
        var network = new Network(model.network().name(), model.network().input(), new Sequence("", folded.layers));
        return new Model(network, new Weights(folded.tensors), model.labels(), model.preprocessing());
    }

    private void add(Node node) {
        layers.add(node.layer());
        for (var parameter : node.parameters()) {
            String name = node.name() + "/" + parameter.name();
            tensors.put(name, from.get(name));
        }
    }

    /// @param layer the layer of `linear` with a bias, which it has not had
    private void add(Layer layer, Node linear, Node next) {
        if (!(next.layer() instanceof BatchNorm norm) || linear.parameters().size() != 1) {
            throw new IllegalArgumentException(linear.name() + " is not followed by its batch normalisation");
        }
        layers.add(layer);
        var gamma = from.get(norm.name() + "/gamma");
        var beta = from.get(norm.name() + "/beta");
        var mean = from.get(norm.name() + "/moving_mean");
        var variance = from.get(norm.name() + "/moving_variance");
        var scale = new double[gamma.size()];
        var bias = new float[gamma.size()];
        Arrays.setAll(scale, c -> gamma.get(c) / Math.sqrt(variance.get(c) + norm.epsilon()));
        for (int c = 0; c < bias.length; c++) {
            bias[c] = (float) (beta.get(c) - mean.get(c) * scale[c]);
        }
        String name = linear.name() + "/" + linear.parameters().getFirst().name();
        var kernel = from.get(name).toArray();
        for (int i = 0; i < kernel.length; i++) { // output channels are innermost
            kernel[i] = (float) (kernel[i] * scale[i % scale.length]);
        }
        var dims = from.get(name).dims().stream().mapToInt(Integer::intValue).toArray();
        tensors.put(name, Tensor.of(kernel, dims));
        tensors.put(linear.name() + "/bias", Tensor.of(bias, bias.length));
    }
}
