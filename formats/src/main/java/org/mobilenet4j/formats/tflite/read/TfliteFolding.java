package org.mobilenet4j.formats.tflite.read;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.formats.graph.Arithmetic;
import org.mobilenet4j.formats.graph.Constant;
import org.mobilenet4j.formats.graph.ConstantFolding;

/// The constants of a TFLite file: those that are stored, and those that operators compute from them and from shapes.
final class TfliteFolding {
    /// Operators on stored numbers, whatever they mean, that only move them.
    private static final Set<String> MOVING = Set.of("RESHAPE", "SQUEEZE", "EXPAND_DIMS", "TRANSPOSE");

    private final TfliteFile file;
    private final ConstantFolding folding;
    private final Map<Integer, TfliteTensor> computed = new HashMap<>();

    /// @param bytes the file's size, which bounds what is computed
    TfliteFolding(TfliteFile file, long bytes) {
        this.file = file;
        this.folding = new ConstantFolding(bytes);
    }

    /// The tensor `index`, with its values if these are constant.
    TfliteTensor tensor(int index) {
        var known = computed.get(index);
        return known == null ? file.tensors().get(index) : known;
    }

    boolean isConstant(int index) {
        return index >= 0 && tensor(index).isConstant();
    }

    /// Sets the values of tensor `index`.
    void put(int index, TfliteTensor values) {
        computed.put(index, values);
    }

    /// Computes `op` if it only depends on constants and shapes.
    ///
    /// @return whether it does
    /// @throws IllegalArgumentException if its operands do not fit, naming it
    boolean read(TfliteOperator op) {
        boolean isShape = op.kind().equals("SHAPE");
        if (op.outputs().size() != 1
                || op.inputs().stream().noneMatch(input -> input >= 0)
                || (!isShape
                        && !op.inputs().stream().filter(input -> input >= 0).allMatch(this::isConstant))) {
            return false;
        }
        try {
            var result = isShape ? Optional.of(shape(op)) : result(op);
            result.ifPresent(
                    values -> computed.put(op.output(), tensor(op.output()).holding(values)));
            return result.isPresent();
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw op.odd(String.valueOf(e.getMessage()));
        }
    }

    private Constant shape(TfliteOperator op) {
        return Constant.ofWholes(tensor(op.input(0)).dims());
    }

    private Optional<Constant> result(TfliteOperator op) {
        var operands = new ArrayList<Constant>();
        for (int input : op.inputs()) {
            if (input >= 0) {
                boolean isStored = tensor(input).isQuantizedMap();
                if (isStored && !MOVING.contains(op.kind())) {
                    return Optional.empty();
                }
                operands.add(tensor(input).constant());
            }
        }
        var first = operands.get(0);
        var arithmetic = Arithmetic.of(op.kind());
        if (arithmetic.isPresent()
                && operands.size() == 2
                && op.options().fused().equals("NONE")) {
            return Optional.of(folding.apply(arithmetic.get(), first, operands.get(1)));
        }
        return Optional.ofNullable(
                switch (op.kind()) {
                    case "RESHAPE" -> folding.reshape(first, tensor(op.output()).dims());
                    case "SQUEEZE", "EXPAND_DIMS" ->
                        folding.reshape(first, tensor(op.output()).dims());
                    case "TRANSPOSE" -> folding.transpose(first, operands.get(1).wholes());
                    case "CAST" -> folding.cast(first, tensor(op.output()).isWhole());
                    case "PACK" -> folding.stack(operands, axis(op));
                    case "CONCATENATION" -> folding.concatenate(operands, axis(op));
                    case "GATHER" -> folding.gather(first, operands.get(1), axis(op));
                    case "STRIDED_SLICE" -> slice(op, operands);
                    case "REDUCE_PROD" -> reduce(op, operands, (a, b) -> a * b);
                    case "SUM" -> reduce(op, operands, Double::sum);
                    case "NEG" -> folding.map(first, value -> -value);
                    case "SQRT" -> folding.map(first, Math::sqrt);
                    case "RSQRT" -> folding.map(first, value -> 1 / Math.sqrt(value));
                    case "FILL" -> folding.fill(first.wholes(), operands.get(1));
                    default -> null;
                });
    }

    private Constant reduce(TfliteOperator op, List<Constant> operands, java.util.function.DoubleBinaryOperator how) {
        boolean keeps = op.options() instanceof TfliteOptions.Reducing(boolean stays) && stays;
        return folding.reduce(operands.get(0), operands.get(1).wholes(), keeps, how);
    }

    private static int axis(TfliteOperator op) {
        return switch (op.options()) {
            case TfliteOptions.Axis(int axis) -> axis;
            case TfliteOptions.Joining(var _, int axis) -> axis;
            default -> 0;
        };
    }

    private @Nullable Constant slice(TfliteOperator op, List<Constant> operands) {
        if (!(op.options() instanceof TfliteOptions.Slicing(int begins, int ends, int shrinks, int others))
                || others != 0) {
            return null;
        }
        return folding.slice(
                operands.get(0),
                operands.get(1).wholes(),
                operands.get(2).wholes(),
                operands.get(3).wholes(),
                begins,
                ends,
                shrinks);
    }
}
