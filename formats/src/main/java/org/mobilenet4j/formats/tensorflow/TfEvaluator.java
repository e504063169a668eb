package org.mobilenet4j.formats.tensorflow;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.formats.graph.Arithmetic;
import org.mobilenet4j.formats.graph.Constant;
import org.mobilenet4j.formats.graph.ConstantFolding;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Tensor;

/// Computes what nodes of a TensorFlow graph compute from constants alone, such as a detector's anchors: with nodes of
/// several outputs, and of loops those that only pass constants on.
final class TfEvaluator {
    private static final Set<String> PASSING =
            Set.of("Identity", "Enter", "StopGradient", "PreventGradient", "CheckNumerics", "Snapshot");
    private static final Set<Long> WHOLES = Set.of(3L, 9L);

    /// The most nodes in a row, for the stack.
    private static final int MAX_DEPTH = 400;

    private static final int MAX_VALUES = 1 << 21;

    private final Proto proto;
    private final Map<String, TfNode> nodes;
    private final ConstantFolding folding = new ConstantFolding(1L << 22);

    /// The outputs of nodes; none where they are no constants.
    private final Map<String, List<Constant>> known = new HashMap<>();

    TfEvaluator(Proto proto, TfGraph graph) {
        this.proto = proto;
        this.nodes = graph.nodes();
    }

    /// What `input` is, such as `anchors` or `unstack:1`; empty if that depends on anything but constants, or on an
    /// operator that is not known here.
    Optional<Constant> value(String input) {
        return value(input, 0);
    }

    private Optional<Constant> value(String input, int depth) {
        int colon = input.lastIndexOf(':');
        var name = colon < 0 ? input : input.substring(0, colon);
        int output = colon < 0 || !input.substring(colon + 1).matches("\\d{1,4}")
                ? 0
                : Integer.parseInt(input.substring(colon + 1));
        var outputs = known.get(name);
        if (outputs == null) {
            known.put(name, List.of()); // where a loop comes back to it
            outputs = depth < MAX_DEPTH ? outputs(name, depth) : List.of();
            known.put(name, outputs);
        }
        return output < outputs.size() ? Optional.of(outputs.get(output)) : Optional.empty();
    }

    private List<Constant> outputs(String name, int depth) {
        var node = nodes.get(name);
        if (node == null) {
            return List.of();
        }
        if (node.op().equals("Const")) {
            return constant(node);
        }
        var inputs = new ArrayList<Constant>();
        for (var input : node.inputs()) {
            var value = value(input, depth + 1);
            if (value.isEmpty()) {
                return List.of();
            }
            inputs.add(value.get());
        }
        try {
            return inputs.isEmpty() ? List.of() : computed(node, inputs);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw node.odd(String.valueOf(e.getMessage()));
        }
    }

    private List<Constant> constant(TfNode node) {
        var field = node.attribute(proto, "value", 8);
        var type = node.attribute(proto, "dtype", 6);
        if (field == null || (type != null && type.value() == 7)) {
            return List.of();
        }
        try {
            var tensor = TfTensor.parse(proto, field.bytes(), MAX_VALUES);
            boolean isWhole = tensor.type().equals("int32");
            var floats = Tensor.of(
                    tensor.bytes(),
                    tensor.type().equals("float16") ? ElementType.FLOAT16 : ElementType.FLOAT32,
                    tensor.dims());
            return List.of(isWhole ? wholes(tensor) : Constant.of(floats));
        } catch (BadValueException e) {
            return List.of(); // too large, or of another type
        }
    }

    private static Constant wholes(TfTensor tensor) {
        var ints = tensor.bytes().asByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
        var values = new double[ints.remaining()];
        for (int i = 0; i < values.length; i++) {
            values[i] = ints.get(i);
        }
        return Constant.ofWholes(tensor.dims(), values);
    }

    private List<Constant> computed(TfNode node, List<Constant> all) {
        var first = all.getFirst();
        var arithmetic = Arithmetic.of(node.op());
        if (PASSING.contains(node.op())) {
            return List.of(first);
        }
        if (arithmetic.isPresent() && all.size() == 2) {
            return List.of(folding.apply(arithmetic.get(), first, all.get(1)));
        }
        return switch (node.op()) {
            case "Unpack" -> parts(first, whole(node, "axis"), true);
            case "Split" -> split(all.get(1), first.wholes().getFirst(), whole(node, "num_split"));
            default -> one(node, first, all).map(List::of).orElse(List.of());
        };
    }

    private Optional<Constant> one(TfNode node, Constant first, List<Constant> all) {
        return Optional.ofNullable(
                switch (node.op()) {
                    case "Shape" -> Constant.ofWholes(first.dims());
                    case "Size" -> Constant.ofWholes(List.of(), first.size());
                    case "Rank" -> Constant.ofWholes(List.of(), first.dims().size());
                    case "Reshape" -> folding.reshape(first, all.get(1).wholes());
                    case "Transpose" -> folding.transpose(first, all.get(1).wholes());
                    case "ExpandDims" -> folding.unsqueeze(first, all.get(1).wholes());
                    case "Squeeze" -> folding.squeeze(first, wholes(node, "squeeze_dims"));
                    case "Cast" -> folding.cast(first, WHOLES.contains(number(node, "DstT", 6)));
                    case "ToFloat" -> folding.cast(first, false);
                    case "Pack" -> folding.stack(all, whole(node, "axis"));
                    case "ConcatV2" ->
                        folding.concatenate(
                                all.subList(0, all.size() - 1),
                                all.getLast().wholes().getFirst());
                    case "Fill" -> folding.fill(first.wholes(), all.get(1));
                    case "Tile" -> tile(first, all.get(1).wholes());
                    case "Range" -> range(first, all.get(1), all.get(2));
                    case "Sqrt" -> folding.map(first, Math::sqrt);
                    case "Rsqrt" -> folding.map(first, value -> 1 / Math.sqrt(value));
                    case "Exp" -> folding.map(first, Math::exp);
                    case "Neg" -> folding.map(first, value -> -value);
                    case "Gather" -> folding.gather(first, all.get(1), 0);
                    case "GatherV2" ->
                        folding.gather(first, all.get(1), all.get(2).wholes().getFirst());
                    case "Slice" -> slice(first, all.get(1).wholes(), all.get(2).wholes());
                    case "StridedSlice" -> {
                        if ((whole(node, "ellipsis_mask") | whole(node, "new_axis_mask")) != 0) {
                            yield null;
                        }
                        yield folding.slice(
                                first,
                                all.get(1).wholes(),
                                all.get(2).wholes(),
                                all.get(3).wholes(),
                                whole(node, "begin_mask"),
                                whole(node, "end_mask"),
                                whole(node, "shrink_axis_mask"));
                    }
                    default -> null;
                });
    }

    private List<Constant> parts(Constant all, int axis, boolean drops) {
        int place = axis < 0 ? axis + all.dims().size() : axis;
        var parts = new ArrayList<Constant>();
        for (int i = 0; i < all.dims().get(place); i++) {
            var part = folding.slice(all, place, i, i + 1L, 1);
            parts.add(drops ? folding.squeeze(part, List.of(place)) : part);
        }
        return parts;
    }

    private List<Constant> split(Constant all, int axis, int count) {
        int place = axis < 0 ? axis + all.dims().size() : axis;
        int size = all.dims().get(place);
        if (count < 1 || size % count != 0) {
            throw new BadValueException("it splits " + size + " into " + count);
        }
        var parts = new ArrayList<Constant>();
        for (int i = 0; i < count; i++) {
            parts.add(folding.slice(all, place, (long) i * (size / count), (i + 1L) * (size / count), 1));
        }
        return parts;
    }

    private Constant slice(Constant of, List<Integer> from, List<Integer> sizes) {
        var taken = of;
        for (int k = 0; k < from.size(); k++) {
            long end = sizes.get(k) < 0 ? of.dims().get(k) : (long) from.get(k) + sizes.get(k);
            taken = folding.slice(taken, k, from.get(k), end, 1);
        }
        return taken;
    }

    private Constant tile(Constant constant, List<Integer> times) {
        var tiled = constant;
        for (int k = 0; k < times.size(); k++) {
            if (times.get(k) < 1 || times.get(k) > MAX_VALUES) {
                throw new BadValueException("it repeats a constant " + times.get(k) + " times");
            }
            if (times.get(k) > 1) {
                tiled = folding.concatenate(Collections.nCopies(times.get(k), tiled), k);
            }
        }
        return tiled;
    }

    private Constant range(Constant from, Constant to, Constant step) {
        double count = Math.ceil((to.get(0) - from.get(0)) / step.get(0));
        if (!(count >= 0 && count <= MAX_VALUES)) {
            throw new BadValueException("it counts from " + from.get(0) + " to " + to.get(0) + " by " + step.get(0));
        }
        var values = new double[(int) count];
        for (int i = 0; i < values.length; i++) {
            values[i] = from.get(0) + i * step.get(0);
        }
        var dims = List.of(values.length);
        return from.isWhole() && step.isWhole() ? Constant.ofWholes(dims, values) : Constant.ofReals(dims, values);
    }

    private long number(TfNode node, String name, int field) {
        var value = node.attribute(proto, name, field);
        return value == null ? 0 : value.value();
    }

    private int whole(TfNode node, String name) {
        return BadValueException.toInt(number(node, name, 3));
    }

    private List<Integer> wholes(TfNode node, String name) {
        var list = node.attribute(proto, name, 1);
        var all = new ArrayList<Integer>();
        if (list != null) {
            for (var field : proto.fields(list.bytes())) {
                if (field.number() == 3) {
                    field.numbers().forEach(value -> all.add(BadValueException.toInt(value)));
                }
            }
        }
        return all;
    }
}
