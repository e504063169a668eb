package org.mobilenet4j.compress.prune;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.GlobalAveragePool;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.infer.Session;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.Shape;
import org.mobilenet4j.tensor.Tensor;

/// Networks and weights for tests of pruning.
final class PruneModels {
    private PruneModels() {}

    static Model model(Layer... layers) {
        var network = new Network("net", new Shape(8, 8, 3), Sequence.of(layers));
        return new Model(network, Weights.random(network, 1), List.of(), Preprocessing.TF_SLIM);
    }

    /// A stem, a depthwise separable layer and a classifier.
    static Model separable() {
        return model(
                Conv.of("conv1", 16, Window.square(3, 1, Padding.SAME)),
                new BatchNorm("conv1_bn"),
                Activation.relu6("conv1_relu"),
                DepthwiseConv.of("conv_dw_1", Window.square(3, 2, Padding.SAME)),
                new BatchNorm("conv_dw_1_bn"),
                Activation.relu6("conv_dw_1_relu"),
                Conv.pointwise("conv_pw_1", 32),
                new BatchNorm("conv_pw_1_bn"),
                Activation.relu6("conv_pw_1_relu"),
                new GlobalAveragePool("pool"),
                Dense.of("conv_preds", 5));
    }

    static Layer norm(String name) {
        return Sequence.of(new BatchNorm(name + "_bn"), Activation.relu6(name + "_relu"));
    }

    /// With another tensor in place of the one called `name`.
    static Model with(Model model, String name, UnaryOperator<float[]> change) {
        var tensors = new LinkedHashMap<>(model.weights().tensors());
        var before = model.weights().get(name);
        tensors.put(
                name,
                Tensor.of(
                        change.apply(before.toArray()),
                        before.dims().stream().mapToInt(Integer::intValue).toArray()));
        return new Model(model.network(), new Weights(tensors), model.labels(), model.preprocessing());
    }

    /// With a value at each of these positions.
    static Model set(Model model, String name, float value, int... positions) {
        return with(model, name, values -> {
            for (int position : positions) {
                values[position] = value;
            }
            return values;
        });
    }

    /// With a column of zeros in a kernel whose last dimension is `channels` wide.
    static Model zeroFilters(Model model, String kernel, int channels, int... filters) {
        return with(model, kernel, values -> {
            for (int filter : filters) {
                for (int i = filter; i < values.length; i += channels) {
                    values[i] = 0;
                }
            }
            return values;
        });
    }

    static float[] outputs(Model model) {
        var random = new Random(5);
        var input = new float[model.network().input().elements()];
        for (int i = 0; i < input.length; i++) {
            input[i] = random.nextFloat() * 2 - 1;
        }
        return Session.open(model).run(input, 1);
    }
}
