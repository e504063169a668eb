package org.mobilenet4j.formats.tflite.read;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.tensor.Tensor;

/// The feature maps from which a detector predicts, found from its end: what `TFLite_Detection_PostProcess` reads are
/// the rows of several maps, joined one below the other.
///
/// @param parts of one of the operator's inputs: a map each, in the order of their rows
/// @param operators between the maps and the operator
record TfliteHeads(List<Part> parts, Set<TfliteOperator> operators) {
    /// The most maps that are followed, and operators in a row.
    private static final int MOST = 64;

    /// What happens to the values of a map before they are read.
    enum Kind {
        /// They get the scale of the result, as QUANTIZE does it.
        QUANTIZE,
        /// They get the scale of the result, as CONCATENATION does it.
        JOIN,
        SIGMOID,
        SOFTMAX
    }

    /// @param tensor the result
    record Step(Kind kind, int tensor) {}

    /// @param map the tensor with the predictions of all anchors of a feature map
    /// @param steps in order
    record Part(int map, List<Step> steps) {}

    /// The heads that `end` reads at `position`.
    ///
    /// @throws IllegalArgumentException if they are not joined rows of maps
    static TfliteHeads find(TfliteFile file, TfliteOperator end, int position) {
        var producers = new HashMap<Integer, TfliteOperator>();
        for (var operator : file.operators()) {
            operator.outputs().forEach(output -> producers.put(output, operator));
        }
        var heads = new TfliteHeads(new ArrayList<>(), new HashSet<>());
        heads.follow(file, end, end.input(position), producers, List.of(), 0);
        return heads;
    }

    private void follow(
            TfliteFile file,
            TfliteOperator end,
            int tensor,
            Map<Integer, TfliteOperator> producers,
            List<Step> after,
            int depth) {
        var operator = producers.get(tensor);
        if (depth == MOST || parts.size() == MOST) {
            throw end.odd("it reads more than " + MOST + " feature maps, or through as many operators");
        }
        if (operator == null) {
            throw end.odd("no operator computes the tensor \""
                    + file.tensors().get(tensor).name() + "\", which it reads");
        }
        var steps = new ArrayList<Step>();
        switch (operator.kind()) {
            case "RESHAPE", "SQUEEZE", "EXPAND_DIMS", "DEQUANTIZE" -> {}
            case "LOGISTIC" -> steps.add(new Step(Kind.SIGMOID, tensor));
            case "SOFTMAX" -> steps.add(new Step(Kind.SOFTMAX, tensor));
            case "QUANTIZE" -> steps.add(new Step(Kind.QUANTIZE, tensor));
            case "CONCATENATION" -> {
                if (!joinsRows(file, operator)) {
                    parts.add(new Part(tensor, after));
                    return;
                }
                steps.add(new Step(Kind.JOIN, tensor));
            }
            default -> {
                parts.add(new Part(tensor, after));
                return;
            }
        }
        operators.add(operator);
        steps.addAll(after);
        int count = operator.kind().equals("CONCATENATION") ? operator.inputs().size() : 1;
        for (int i = 0; i < count; i++) {
            follow(file, end, operator.input(i), producers, steps, depth + 1);
        }
    }

    /// Whether the values of the operands lie one behind the other in the result.
    private static boolean joinsRows(TfliteFile file, TfliteOperator operator) {
        var dims = file.tensors().get(operator.output()).dims();
        if (!(operator.options() instanceof TfliteOptions.Joining(var fused, int given)) || !fused.equals("NONE")) {
            return false;
        }
        int axis = given < 0 ? given + dims.size() : given;
        if (axis < 0 || axis >= dims.size()) {
            throw new BadValueException(
                    operator + " cannot be read: it joins " + Tensor.text(dims) + " along axis " + given);
        }
        return dims.stream().limit(axis).allMatch(dim -> dim == 1);
    }
}
