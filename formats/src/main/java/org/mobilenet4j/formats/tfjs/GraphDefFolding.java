package org.mobilenet4j.formats.tfjs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.formats.graph.Arithmetic;
import org.mobilenet4j.formats.graph.Constant;
import org.mobilenet4j.formats.graph.ConstantFolding;

/// Computes the nodes of a TensorFlow graph that depend on constants and shapes alone, for a batch of one image.
final class GraphDefFolding {
    /// Types of integers, by name and by number.
    private static final Set<String> WHOLES = Set.of("DT_INT32", "DT_INT64", "3", "9");

    private final GraphDefConstants constants;
    private final ConstantFolding folding;

    /// @param bytes size of all weights, which bounds what is computed
    GraphDefFolding(GraphDefConstants constants, long bytes) {
        this.constants = constants;
        this.folding = new ConstantFolding(bytes);
    }

    /// Computes `node` if it depends on constants and shapes alone.
    ///
    /// @param dims of the feature map that a node computes, batch first; null if it is none
    /// @return whether it does
    /// @throws IllegalArgumentException if its operands do not fit, naming it
    boolean read(GraphDefNode node, Function<String, @Nullable List<Integer>> dims) {
        if (node.inputs().isEmpty()) {
            return false;
        }
        try {
            var result = result(node, dims);
            result.ifPresent(value -> constants.put(node.name(), value));
            return result.isPresent();
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw node.odd(String.valueOf(e.getMessage()));
        }
    }

    private Optional<Constant> result(GraphDefNode node, Function<String, @Nullable List<Integer>> dims) {
        if (node.op().equals("Shape")) {
            var known = dims.apply(node.input(0));
            if (known != null) {
                return Optional.of(Constant.ofWholes(known));
            }
        }
        if (!node.inputs().stream().allMatch(constants::has) || node.op().equals("Identity")) {
            return Optional.empty();
        }
        var all = new ArrayList<Constant>();
        for (int i = 0; i < node.inputs().size(); i++) {
            all.add(constants.get(node, i));
        }
        var first = all.get(0);
        var arithmetic = Arithmetic.of(node.op());
        if (arithmetic.isPresent() && all.size() == 2) {
            return Optional.of(folding.apply(arithmetic.get(), first, all.get(1)));
        }
        return Optional.ofNullable(
                switch (node.op()) {
                    case "Shape" -> Constant.ofWholes(first.dims());
                    case "Reshape" -> folding.reshape(first, all.get(1).wholes());
                    case "Transpose" -> folding.transpose(first, all.get(1).wholes());
                    case "ExpandDims" -> folding.unsqueeze(first, all.get(1).wholes());
                    case "Squeeze" -> folding.squeeze(first, node.wholes("squeeze_dims", List.of()));
                    case "Cast" -> folding.cast(first, WHOLES.contains(node.type("DstT")));
                    case "Pack" -> folding.stack(all, node.whole("axis", 0));
                    case "ConcatV2" -> folding.concatenate(all.subList(0, all.size() - 1), only(all.getLast()));
                    case "Gather" -> folding.gather(first, all.get(1), 0);
                    case "GatherV2" -> folding.gather(first, all.get(1), only(all.get(2)));
                    case "StridedSlice" -> slice(node, all);
                    case "Prod" -> reduce(node, all, (a, b) -> a * b);
                    case "Sum" -> reduce(node, all, Double::sum);
                    case "Neg" -> folding.map(first, value -> -value);
                    case "Sqrt" -> folding.map(first, Math::sqrt);
                    case "Rsqrt" -> folding.map(first, value -> 1 / Math.sqrt(value));
                    case "Fill" -> folding.fill(first.wholes(), all.get(1));
                    default -> null;
                });
    }

    private Constant reduce(GraphDefNode node, List<Constant> all, DoubleBinaryOperator how) {
        return folding.reduce(all.get(0), all.get(1).wholes(), node.flag("keep_dims"), how);
    }

    private static int only(Constant constant) {
        return constant.wholes().get(0);
    }

    private @Nullable Constant slice(GraphDefNode node, List<Constant> all) {
        if ((node.whole("ellipsis_mask", 0) | node.whole("new_axis_mask", 0)) != 0) {
            return null;
        }
        return folding.slice(
                all.get(0),
                all.get(1).wholes(),
                all.get(2).wholes(),
                all.get(3).wholes(),
                node.whole("begin_mask", 0),
                node.whole("end_mask", 0),
                node.whole("shrink_axis_mask", 0));
    }
}
