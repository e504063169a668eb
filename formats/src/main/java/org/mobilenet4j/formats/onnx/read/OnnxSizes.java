package org.mobilenet4j.formats.onnx.read;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// The integers that an ONNX graph computes from the shapes of its tensors to support any batch size. They are known
/// when the graph is read, except for the batch size itself.
final class OnnxSizes {
    /// Stands for the batch size.
    static final long BATCH = Long.MIN_VALUE;

    private static final int MAX_COUNT = 64;

    private static final Set<String> KEEPING = Set.of("Unsqueeze", "Squeeze", "Cast", "Identity");

    private final OnnxGraph graph;
    private final Map<String, long[]> computed = new HashMap<>();

    OnnxSizes(OnnxGraph graph) {
        this.graph = graph;
    }

    /// Sizes as text: `Nx3x4`.
    static String text(long[] sizes) {
        return LongStream.of(sizes)
                .mapToObj(size -> size == BATCH ? "N" : String.valueOf(size))
                .collect(Collectors.joining("x"));
    }

    /// The integers of `tensor`, or null if it is not a known list of integers.
    long @Nullable [] find(String tensor) {
        var constant = graph.constant(tensor);
        return constant != null && constant.isWholes() ? constant.wholes() : computed.get(tensor);
    }

    /// The integers at input `position` of `node`, or, in older versions, in its attribute `attribute`; null if it has
    /// neither.
    long @Nullable [] get(OnnxNode node, int position, String attribute) {
        if (!node.hasInput(position)) {
            return node.wholes(attribute);
        }
        var numbers = find(node.input(position));
        if (numbers == null) {
            throw node.odd("its " + attribute + " is computed in an unsupported way");
        }
        return numbers;
    }

    /// The same, if they are required.
    long[] need(OnnxNode node, int position, String attribute) {
        var numbers = get(node, position, attribute);
        if (numbers == null) {
            throw node.odd("it has no " + attribute);
        }
        return numbers;
    }

    /// Computes `node`, if it computes integers from integers or shapes.
    ///
    /// @return whether it does
    boolean read(OnnxNode node) {
        if (node.kind().equals("Shape")) {
            computed.put(node.output(), shape(node));
            return true;
        }
        var numbers = node.hasInput(0) ? find(node.input(0)) : null;
        if (numbers == null) {
            return false;
        }
        switch (node.kind()) {
            case String kind when KEEPING.contains(kind) -> computed.put(node.output(), numbers);
            case "Gather" -> computed.put(node.output(), gather(node, numbers));
            case "Slice" -> computed.put(node.output(), slice(node, numbers));
            case "Concat" -> computed.put(node.output(), concat(node));
            default -> {
                return false;
            }
        }
        return true;
    }

    private long[] shape(OnnxNode node) {
        if (node.attribute("start") != null || node.attribute("end") != null) {
            throw node.odd("it takes part of a shape; only whole shapes are supported");
        }
        var sizes = graph.map(node, 0).sizes();
        return LongStream.concat(LongStream.of(BATCH), sizes.stream().mapToLong(Integer::longValue))
                .toArray();
    }

    private long[] gather(OnnxNode node, long[] numbers) {
        return LongStream.of(need(node, 1, "indices"))
                .map(index -> {
                    long place = index < 0 ? index + numbers.length : index;
                    if (place < 0 || place >= numbers.length) {
                        throw node.odd("it takes element " + index + " of " + numbers.length);
                    }
                    return numbers[(int) place];
                })
                .toArray();
    }

    private long[] slice(OnnxNode node, long[] numbers) {
        var starts = need(node, 1, "starts");
        var ends = need(node, 2, "ends");
        var steps = get(node, 4, "steps");
        if (starts.length != 1 || ends.length != 1 || (steps != null && !Arrays.equals(steps, new long[] {1}))) {
            throw node.odd("it takes more than one slice of a list");
        }
        int start = place(starts[0], numbers.length);
        return Arrays.copyOfRange(numbers, start, Math.max(start, place(ends[0], numbers.length)));
    }

    private static int place(long index, int length) {
        return Math.clamp(index < 0 ? index + length : index, 0, length);
    }

    private long[] concat(OnnxNode node) {
        var all = LongStream.empty();
        long count = 0;
        for (int i = 0; i < node.proto().getInputCount(); i++) {
            var part = need(node, i, "input " + i);
            count += part.length;
            if (count > MAX_COUNT) {
                throw node.odd("it creates a list of more than " + MAX_COUNT + " sizes");
            }
            all = LongStream.concat(all, LongStream.of(part));
        }
        return all.toArray();
    }

    /// `Constant`, of integers or floats.
    void readConstant(OnnxNode node) {
        var name = node.output();
        for (var attribute : node.proto().getAttributeList()) {
            var tensor = constant(attribute);
            if (tensor != null) {
                graph.addConstant(name, tensor);
                return;
            }
        }
        throw node.odd("it has neither a tensor nor numbers");
    }

    private static @Nullable TensorProto constant(AttributeProto attribute) {
        var tensor = TensorProto.newBuilder().setName(attribute.getName());
        return switch (attribute.getName()) {
            case "value" -> attribute.getT();
            case "value_int" ->
                tensor.setDataType(TensorProto.DataType.INT64_VALUE)
                        .addInt64Data(attribute.getI())
                        .build();
            case "value_ints" ->
                tensor.setDataType(TensorProto.DataType.INT64_VALUE)
                        .addDims(attribute.getIntsCount())
                        .addAllInt64Data(attribute.getIntsList())
                        .build();
            case "value_float" ->
                tensor.setDataType(TensorProto.DataType.FLOAT_VALUE)
                        .addFloatData(attribute.getF())
                        .build();
            case "value_floats" ->
                tensor.setDataType(TensorProto.DataType.FLOAT_VALUE)
                        .addDims(attribute.getFloatsCount())
                        .addAllFloatData(attribute.getFloatsList())
                        .build();
            default -> null;
        };
    }
}
