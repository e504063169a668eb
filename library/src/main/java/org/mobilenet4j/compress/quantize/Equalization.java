package org.mobilenet4j.compress.quantize;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.Leaf;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.Tensor;

/// Cross-layer equalization (Nagel et al., arXiv 1906.04721, section 4.1): balances channels whose weights are large in
/// one layer and small in the next, so that one scale suits the whole kernel.
///
/// Where a linear layer is the only reader of another's channels, with nothing but ReLUs and pooling in between,
/// channel c of the first may be divided by any `s > 0` and multiplied by it in the second:
/// `relu(x / s) * s = relu(x)`. With `s = sqrt(r1 / r2)`, for the largest magnitudes `r1` and `r2` of that channel's
/// weights, both become equal. This is repeated over all pairs until little changes.
///
/// A ReLU6 does not commute with factors. Between the layers of a pair it becomes a ReLU, as in the paper: the model
/// then differs where a channel exceeded 6. The range of the activation, which is chosen afterwards, clips instead.
public final class Equalization {
    private static final int MOST_SWEEPS = 100;
    /// Factors this close to 1 end the iteration.
    private static final double LITTLE = 1e-4;

    private final Model model;
    private final List<EqualPair> pairs;
    private final Map<String, double[]> values = new HashMap<>();

    private Equalization(Model model) {
        this.model = model;
        this.pairs = EqualPair.of(model.network());
        model.weights().tensors().forEach((name, tensor) -> {
            var array = new double[tensor.size()];
            Arrays.setAll(array, tensor::get);
            values.put(name, array);
        });
    }

    /// The equalized model, with the same outputs up to rounding where no ReLU6 clipped; `model` itself if it has
    /// no such pairs.
    ///
    /// @param model a float model with batch normalization folded ([org.mobilenet4j.model.FoldedModel])
    public static Model of(Model model) {
        var equalization = new Equalization(model);
        if (equalization.pairs.isEmpty()) {
            return model;
        }
        for (int sweep = 0; sweep < MOST_SWEEPS && equalization.sweep() > LITTLE; sweep++) {
            // Each sweep is the work.
        }
        return equalization.equalized();
    }

    /// Equalizes each pair once.
    ///
    /// @return the largest distance of a factor from 1, as a logarithm
    private double sweep() {
        double most = 0;
        for (var pair : pairs) {
            for (double factor : equalize(pair)) {
                most = Math.max(most, Math.abs(Math.log(factor)));
            }
        }
        return most;
    }

    /// Moves a factor for each channel from the first layer to the second, and returns the factors.
    private double[] equalize(EqualPair pair) {
        var first = values(pair.first().kernelName());
        var second = values(pair.second().kernelName());
        int channels = pair.first().outputs();
        var r1 = largest(first, channels, pair.first()::output);
        var r2 = largest(second, channels, pair.second()::input);
        var factors = new double[channels];
        for (int c = 0; c < channels; c++) {
            boolean isDead = r1[c] == 0 || r2[c] == 0;
            factors[c] = isDead ? 1 : Math.sqrt(r1[c] / r2[c]);
        }
        for (int i = 0; i < first.length; i++) {
            first[i] /= factors[pair.first().output(i)];
        }
        for (int i = 0; i < second.length; i++) {
            second[i] *= factors[pair.second().input(i)];
        }
        if (pair.first().hasBias()) {
            var bias = values(pair.first().biasName());
            for (int c = 0; c < channels; c++) {
                bias[c] /= factors[c];
            }
        }
        return factors;
    }

    /// The largest magnitude of each channel.
    private static double[] largest(double[] kernel, int channels, IntUnaryOperator channel) {
        var largest = new double[channels];
        for (int i = 0; i < kernel.length; i++) {
            int c = channel.applyAsInt(i);
            largest[c] = Math.max(largest[c], Math.abs(kernel[i]));
        }
        return largest;
    }

    private double[] values(String name) {
        return Objects.requireNonNull(values.get(name));
    }

    private Model equalized() {
        var tensors = new LinkedHashMap<String, Tensor>();
        model.weights().tensors().forEach((name, tensor) -> {
            var from = values(name);
            var floats = new float[from.length];
            for (int i = 0; i < floats.length; i++) {
                floats[i] = (float) from[i];
            }
            tensors.put(
                    name,
                    Tensor.of(
                            floats,
                            tensor.dims().stream().mapToInt(Integer::intValue).toArray()));
        });
        Set<String> between = new HashSet<>();
        pairs.forEach(pair -> between.addAll(pair.activations()));
        var network = model.network();
        return model.withNetwork(
                new Network(network.name(), network.input(), network.body().map(layer -> unclipped(layer, between))),
                new Weights(tensors));
    }

    /// `layer`, or a ReLU if it is an activation in `names`.
    private static Leaf unclipped(Leaf layer, Set<String> names) {
        return layer instanceof Activation && names.contains(layer.name()) ? Activation.relu(layer.name()) : layer;
    }
}
