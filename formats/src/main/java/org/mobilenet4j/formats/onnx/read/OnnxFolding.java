package org.mobilenet4j.formats.onnx.read;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.formats.graph.Arithmetic;
import org.mobilenet4j.formats.graph.Constant;
import org.mobilenet4j.formats.graph.ConstantFolding;

/// Computes what an ONNX graph computes from constants and shapes alone, for the batch size it was exported for, or
/// one.
final class OnnxFolding {
    private static final Set<Integer> FLOATS =
            Set.of(DataType.FLOAT_VALUE, DataType.FLOAT16_VALUE, DataType.DOUBLE_VALUE);

    private static final Set<Integer> WHOLES = Set.of(DataType.INT64_VALUE, DataType.INT32_VALUE);

    private final OnnxGraph graph;
    private final OnnxSizes sizes;
    private final ConstantFolding folding;

    OnnxFolding(OnnxGraph graph, OnnxSizes sizes) {
        this.graph = graph;
        this.sizes = sizes;
        this.folding = new ConstantFolding(
                graph.file().byteSize() + graph.file().data().byteSize());
    }

    /// Computes `node` if it depends on constants and shapes alone.
    ///
    /// @return whether it does
    /// @throws IllegalArgumentException if its operands do not fit, naming it
    boolean read(OnnxNode node) {
        int count = node.proto().getInputCount();
        if (count == 0 || !node.hasInput(0)) {
            return false;
        }
        if (node.kind().equals("Shape")) {
            graph.putConstant(node.output(), OnnxTensor.of(node.output(), shape(node), null, null));
            return true;
        }
        for (int i = 0; i < count; i++) {
            if (node.hasInput(i) && !graph.isConstant(node.input(i))) {
                return false;
            }
        }
        try {
            var first = Objects.requireNonNull(graph.constant(node.input(0)));
            return isMove(node, first) || isResult(node);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw node.odd(String.valueOf(e.getMessage()));
        }
    }

    private Constant shape(OnnxNode node) {
        var constant = graph.constant(node.input(0));
        var dims = new ArrayList<Integer>();
        if (constant != null) {
            dims.addAll(constant.dims());
        } else {
            var map = graph.map(node, 0);
            int batch = Math.clamp(graph.file().batch(), 1, Short.MAX_VALUE);
            if (map.isMerged()) {
                dims.addAll(List.of(batch * map.shape().pixels(), map.shape().channels()));
            } else {
                dims.add(batch);
                dims.addAll(map.sizes());
            }
        }
        int from = place(node.whole("start", 0), dims.size());
        int to = place(node.whole("end", dims.size()), dims.size());
        return Constant.ofWholes(dims.subList(from, Math.max(from, to)));
    }

    private static int place(int index, int size) {
        return Math.clamp(index < 0 ? index + (long) size : index, 0, size);
    }

    /// Whether `node` only moves values, which it then does to stored ones, whatever they mean.
    private boolean isMove(OnnxNode node, OnnxTensor from) {
        var scales = from.scales();
        if (scales == null) {
            return false;
        }
        var values = from.constant();
        var moved = switch (node.kind()) {
            case "Transpose" -> folding.transpose(values, permutation(node, values));
            case "Reshape" -> folding.reshape(values, target(node, values));
            case "Squeeze" -> folding.squeeze(values, axes(node));
            case "Unsqueeze" -> folding.unsqueeze(values, axes(node));
            default -> null;
        };
        if (moved == null) {
            return false;
        }
        int axis = node.kind().equals("Transpose")
                ? permutation(node, values).indexOf(scales.axis())
                : sameAxis(values.dims(), scales.axis(), moved.dims());
        if (scales.quantization().channels() > 1 && axis < 0) {
            throw node.odd("it splits the dimension that its scales belong to");
        }
        graph.putConstant(
                node.output(),
                OnnxTensor.of(node.output(), moved, from, new OnnxScales(scales.quantization(), Math.max(axis, 0))));
        return true;
    }

    /// The dimension of `to` that is dimension `axis` of `from`, reshaped; -1 if there is none.
    private static int sameAxis(List<Integer> from, int axis, List<Integer> to) {
        int before = product(from.subList(0, axis));
        for (int k = 0; k < to.size(); k++) {
            if (product(to.subList(0, k)) == before && to.get(k).equals(from.get(axis))) {
                return k;
            }
        }
        return -1;
    }

    private static int product(List<Integer> dims) {
        return dims.stream().reduce(1, Math::multiplyExact);
    }

    private boolean isResult(OnnxNode node) {
        var result = result(node);
        if (result == null) {
            return false;
        }
        graph.putConstant(node.output(), OnnxTensor.of(node.output(), result, null, null));
        return true;
    }

    private @Nullable Constant result(OnnxNode node) {
        var arithmetic = Arithmetic.of(node.kind());
        if (arithmetic.isPresent() && node.proto().getInputCount() == 2) {
            return folding.apply(arithmetic.get(), operand(node, 0), operand(node, 1));
        }
        return switch (node.kind()) {
            case "Reshape" -> folding.reshape(operand(node, 0), target(node, operand(node, 0)));
            case "Transpose" -> folding.transpose(operand(node, 0), permutation(node, operand(node, 0)));
            case "Squeeze" -> folding.squeeze(operand(node, 0), axes(node));
            case "Unsqueeze" -> folding.unsqueeze(operand(node, 0), axes(node));
            case "Flatten" -> flatten(node);
            case "Cast" -> cast(node);
            case "Gather" -> folding.gather(operand(node, 0), operand(node, 1), node.whole("axis", 0));
            case "Slice" -> slice(node);
            case "Concat" -> {
                var parts = new ArrayList<Constant>();
                for (int i = 0; i < node.proto().getInputCount(); i++) {
                    parts.add(operand(node, i));
                }
                yield folding.concatenate(parts, node.whole("axis", 0));
            }
            case "ReduceProd" -> reduce(node, (a, b) -> a * b);
            case "ReduceSum" -> reduce(node, Double::sum);
            case "Neg" -> folding.map(operand(node, 0), value -> -value);
            case "Sqrt" -> folding.map(operand(node, 0), Math::sqrt);
            case "Reciprocal" -> folding.map(operand(node, 0), value -> 1 / value);
            case "Floor" -> folding.map(operand(node, 0), Math::floor);
            case "Ceil" -> folding.map(operand(node, 0), Math::ceil);
            case "ConstantOfShape" -> folding.fill(operand(node, 0).wholes(), fillValue(node));
            default -> null;
        };
    }

    private Constant operand(OnnxNode node, int position) {
        var constant = Objects.requireNonNull(graph.constant(node.input(position)));
        return constant.scales() == null ? constant.constant() : Constant.of(constant.floats());
    }

    /// A cast between kinds of floats changes nothing here, and is not computed.
    private @Nullable Constant cast(OnnxNode node) {
        int to = node.whole("to", 0);
        var from = operand(node, 0);
        if (FLOATS.contains(to)) {
            return from.isWhole() ? folding.cast(from, false) : null;
        }
        return WHOLES.contains(to) ? folding.cast(from, true) : null;
    }

    private Constant fillValue(OnnxNode node) {
        var value = node.attribute("value");
        return value == null
                ? Constant.ofReals(List.of(), 0)
                : OnnxTensor.of(value.getT(), graph.file().data()).constant();
    }

    private List<Integer> permutation(OnnxNode node, Constant constant) {
        long[] given = node.wholes("perm");
        var permutation = new ArrayList<Integer>();
        for (int k = 0; k < constant.dims().size(); k++) {
            permutation.add(given == null || k >= given.length ? constant.dims().size() - 1 - k : (int) given[k]);
        }
        return permutation;
    }

    /// The dimensions that a `Reshape` gives, where 0 keeps one.
    private List<Integer> target(OnnxNode node, Constant constant) {
        long[] given = sizes.need(node, 1, "shape");
        boolean keeps = node.whole("allowzero", 0) == 0;
        var target = new ArrayList<Integer>();
        for (int k = 0; k < given.length; k++) {
            target.add(given[k] == 0 && keeps ? constant.dims().get(k) : Math.toIntExact(given[k]));
        }
        return target;
    }

    private Constant flatten(OnnxNode node) {
        var constant = operand(node, 0);
        int axis = place(node.whole("axis", 1), constant.dims().size());
        int outer = product(constant.dims().subList(0, axis));
        return folding.reshape(constant, List.of(outer, outer == 0 ? 0 : constant.size() / outer));
    }

    private List<Integer> axes(OnnxNode node) {
        long[] axes = sizes.get(node, 1, "axes");
        return axes == null
                ? List.of()
                : Arrays.stream(axes).mapToObj(Math::toIntExact).toList();
    }

    private Constant reduce(OnnxNode node, DoubleBinaryOperator how) {
        return folding.reduce(operand(node, 0), axes(node), node.whole("keepdims", 1) != 0, how);
    }

    private Constant slice(OnnxNode node) {
        long[] from = sizes.need(node, 1, "starts");
        long[] to = sizes.need(node, 2, "ends");
        long[] axes = sizes.get(node, 3, "axes");
        long[] steps = sizes.get(node, 4, "steps");
        var taken = operand(node, 0);
        for (int k = 0; k < from.length; k++) {
            int axis = axes == null ? k : Math.toIntExact(axes[k]);
            taken = folding.slice(taken, axis, from[k], to[k], steps == null ? 1 : steps[k]);
        }
        return taken;
    }
}
