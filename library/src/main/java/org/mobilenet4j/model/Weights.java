package org.mobilenet4j.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Parameter;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.tensor.Tensor;

/// A network's tensors by full name, such as `conv1/kernel`.
public final class Weights {
    private final SequencedMap<String, Tensor> tensors;

    public Weights(Map<String, Tensor> tensors) {
        Objects.requireNonNull(tensors, "tensors");
        this.tensors = new LinkedHashMap<>(tensors);
    }

    /// All tensors, in the order they were given.
    public SequencedMap<String, Tensor> tensors() {
        return new LinkedHashMap<>(tensors);
    }

    /// The tensor called `name`.
    ///
    /// @throws IllegalArgumentException when there is none
    public Tensor get(String name) {
        var tensor = tensors.get(name);
        if (tensor == null) {
            throw new BadValueException("there is no tensor called " + name);
        }
        return tensor;
    }

    /// Only the tensors that `network` needs, in its order.
    ///
    /// @throws IllegalArgumentException when one is missing
    public Weights only(Network network) {
        var needed = new LinkedHashMap<String, Tensor>();
        network.parameters().keySet().forEach(name -> needed.put(name, get(name)));
        return new Weights(needed);
    }

    /// Checks that `network` has all the tensors it needs, in the right dimensions, and no other.
    ///
    /// @throws IllegalArgumentException naming the first tensor that is missing, unknown, of the
    ///     wrong dimensions, or with a variance below zero
    public void check(Network network) {
        var needed = network.parameters();
        needed.forEach((name, parameter) -> {
            var tensor = tensors.get(name);
            if (tensor == null) {
                throw new BadValueException("the network " + network.name() + " needs the tensor " + name + " of "
                        + Tensor.text(parameter.dims()) + ", which is missing");
            }
            if (!tensor.dims().equals(parameter.dims())) {
                throw new BadValueException("the tensor " + name + " is " + Tensor.text(tensor.dims())
                        + ", but the network " + network.name() + " needs " + Tensor.text(parameter.dims()));
            }
            if (parameter.name().equals("moving_variance")) {
                requireNotNegative(name, tensor);
            }
        });
        for (var name : tensors.keySet()) {
            if (!needed.containsKey(name)) {
                throw new BadValueException(
                        "the tensor " + name + " belongs to no layer of the network " + network.name());
            }
        }
    }

    /// Of a variance below zero there is no square root, and every answer would be NaN.
    private static void requireNotNegative(String name, Tensor variances) {
        for (int i = 0; i < variances.size(); i++) {
            if (variances.get(i) < 0) {
                throw new BadValueException("the tensor " + name + " has the variance " + variances.get(i)
                        + " at position " + i + ", but none is below 0; get the model again");
            }
        }
    }

    /// The tensors that hold NaN or infinity, as a damaged file or a diverged training run leaves them: results
    /// computed with them are worthless. Reads every value once.
    public List<NonFinite> nonFinite() {
        return tensors.entrySet().stream()
                .flatMap(entry -> NonFinite.in(entry.getKey(), entry.getValue()).stream())
                .toList();
    }

    /// Random weights whose scale keeps activations near one, the same for the same seed: for tests, benchmarks
    /// and the start of training. Kernels are normal with variance `2 / fan-in` (He et al., arXiv 1502.01852).
    public static Weights random(Network network, long seed) {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        var all = new LinkedHashMap<String, Tensor>();
        network.parameters().forEach((name, parameter) -> all.put(name, random(parameter, random)));
        return new Weights(all);
    }

    private static Tensor random(Parameter parameter, RandomGenerator random) {
        var values = new float[parameter.size()];
        int outputs = parameter.dims().getLast();
        double fanIn = Math.max(1, values.length / outputs);
        if (parameter.name().equals("depthwise_kernel")) {
            fanIn = parameter.dims().get(0) * parameter.dims().get(1);
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = (float)
                    switch (parameter.role()) {
                        case WEIGHT -> random.nextGaussian() * Math.sqrt(2 / fanIn);
                        case BIAS -> random.nextGaussian() * 0.1;
                        case NORMALIZATION ->
                            parameter.name().equals("gamma")
                                    ? 1 + random.nextGaussian() * 0.1
                                    : random.nextGaussian() * 0.1;
                        case STATISTIC ->
                            parameter.name().equals("moving_variance")
                                    ? 0.5 + random.nextDouble()
                                    : random.nextGaussian() * 0.1;
                    };
        }
        return Tensor.of(
                values, parameter.dims().stream().mapToInt(Integer::intValue).toArray());
    }

    /// Whether `other` has equal tensors of the same names.
    @Override
    public boolean equals(Object other) {
        return other instanceof Weights that && tensors.equals(that.tensors);
    }

    @Override
    public int hashCode() {
        return tensors.hashCode();
    }

    /// Such as `Weights[137 tensors]`.
    @Override
    public String toString() {
        return "Weights[" + tensors.size() + (tensors.size() == 1 ? " tensor]" : " tensors]");
    }
}
