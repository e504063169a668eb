package org.mobilenet4j.formats.keras;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.formats.graph.Arithmetic;
import org.mobilenet4j.formats.graph.Constant;
import org.mobilenet4j.formats.graph.Idiom;
import org.mobilenet4j.formats.graph.NetworkBuilder;
import org.mobilenet4j.formats.graph.NetworkBuilder.Value;

/// Reads single operations that a Keras model computes between its layers: `TFOpLambda` of Keras 2, which names a
/// function
/// of TensorFlow, and operations of Keras 3, which are classes of their own.
final class KerasOperations {
    private static final Set<String> JOINING = Set.of("Add", "Multiply", "Subtract", "Minimum", "Maximum");
    private static final Set<String> PASSING = Set.of("cast", "identity", "stop_gradient");

    private final NetworkBuilder builder;

    KerasOperations(NetworkBuilder builder) {
        this.builder = builder;
    }

    /// Whether `layer` is an operation, and not a layer of its own kind.
    static boolean isOne(KerasLayer layer) {
        return layer.kind().equals("TFOpLambda")
                || layer.kind().equals("TrueDivide")
                || layer.kind().equals("Divide")
                || (JOINING.contains(layer.kind()) && layer.call().constant() != null);
    }

    Value read(KerasLayer layer, List<Value> inputs) {
        var function = layer.kind().equals("TFOpLambda") ? layer.config().text("function", "") : layer.kind();
        var arithmetic = Arithmetic.of(function);
        if (arithmetic.isPresent()) {
            return arithmetic(layer, arithmetic.get(), inputs);
        }
        if (inputs.size() != 1) {
            throw layer.odd(
                    "it computes " + function + " of " + inputs.size() + " feature maps, which is not supported");
        }
        var input = inputs.getFirst();
        var name = builder.name(layer.name());
        return switch (function) {
            case "nn.relu" -> builder.append(input, Activation.relu(name));
            case "nn.relu6" -> builder.append(input, Activation.relu6(name));
            case "clip_by_value" ->
                builder.append(
                        input, name, new Idiom.Clip(bound(layer, "clip_value_min"), bound(layer, "clip_value_max")));
            case String passing when PASSING.contains(passing) -> input;
            default ->
                throw layer.odd("it computes " + function + "; only arithmetic with constants, cast, clip_by_value,"
                        + " nn.relu and nn.relu6 are supported");
        };
    }

    private Value arithmetic(KerasLayer layer, Arithmetic kind, List<Value> inputs) {
        if (inputs.size() == 2) {
            var join = join(kind);
            if (join.isEmpty()) {
                throw layer.odd("it computes with two feature maps; one must be a constant");
            }
            return builder.join(builder.name(layer.name()), join.get(), inputs);
        }
        var constant = constant(layer, layer.call().constant());
        if (inputs.size() != 1 || constant == null) {
            throw layer.odd("it has " + inputs.size() + " inputs, and no constant");
        }
        var input = inputs.getFirst();
        return append(
                layer, input, constant, values -> kind.with(values, layer.call().isConstantFirst()));
    }

    private static Optional<Parallel.Join> join(Arithmetic kind) {
        return switch (kind) {
            case ADD -> Optional.of(Parallel.Join.ADD);
            case MUL -> Optional.of(Parallel.Join.MULTIPLY);
            default -> Optional.empty();
        };
    }

    /// `in * scale + offset`, with one value for all channels or one for each.
    Value affine(KerasLayer layer, Value input, double[] scale, double[] offset) {
        var scaled = append(layer, input, scale, values -> Arithmetic.MUL.with(values, false));
        return append(layer, scaled, offset, values -> Arithmetic.ADD.with(values, false));
    }

    private Value append(
            KerasLayer layer, Value input, double[] values, java.util.function.Function<double[], Idiom> idiom) {
        int channels = input.shape().channels();
        double[] all = Constant.ofReals(List.of(values.length), values).perChannel(channels);
        if (all == null) {
            throw layer.odd("it scales its input by " + values.length + " values; one, or one for each of " + channels
                    + " channels, is supported");
        }
        try {
            return builder.append(input, builder.name(layer.name()), idiom.apply(all));
        } catch (BadValueException e) {
            throw layer.odd(String.valueOf(e.getMessage()));
        }
    }

    private static double bound(KerasLayer layer, String name) {
        return layer.call().arguments().number(name, Double.NaN);
    }

    /// A number, or numbers in lists of one list.
    private static double @Nullable [] constant(KerasLayer layer, @Nullable Object value) {
        return switch (value) {
            case Number number -> new double[] {number.doubleValue()};
            case List<?> list
            when list.size() == 1 && list.getFirst() instanceof List<?> inner -> constant(layer, inner);
            case List<?> list -> {
                var numbers = new double[list.size()];
                for (int i = 0; i < numbers.length; i++) {
                    if (!(list.get(i) instanceof Number number)) {
                        throw layer.odd("its constant is not a list of numbers");
                    }
                    numbers[i] = number.doubleValue();
                }
                yield numbers;
            }
            // An array, as Keras 3 writes it.
            case Map<?, ?> map
            when map.get("config") instanceof Map<?, ?> config -> constant(layer, config.get("value"));
            case null, default -> null;
        };
    }
}
