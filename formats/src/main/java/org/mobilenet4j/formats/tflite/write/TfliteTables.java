package org.mobilenet4j.formats.tflite.write;

import com.google.flatbuffers.FlatBufferBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.lite.schema.Buffer;
import org.tensorflow.lite.schema.Metadata;
import org.tensorflow.lite.schema.Model;
import org.tensorflow.lite.schema.Operator;
import org.tensorflow.lite.schema.OperatorCode;
import org.tensorflow.lite.schema.SubGraph;
import org.tensorflow.lite.schema.Tensor;

/// The tensors, operators and buffers of a TFLite file that is being written.
final class TfliteTables {
    private static final int VERSION = 3;

    /// As the schema requires, the first buffer is empty; computed tensors refer to it.
    private static final int NO_BUFFER = 0;

    private record Declared(String name, TfliteTensorType stored, List<Integer> dims, int buffer) {}

    private record Kind(int code, int version, String name) {
        static Kind of(WrittenOperator operator) {
            return new Kind(operator.code(), operator.version(), operator.name());
        }
    }

    private final List<Declared> tensors = new ArrayList<>();
    private final List<WrittenOperator> operations = new ArrayList<>();
    private final List<TfliteBuffer> buffers = new ArrayList<>(List.of(TfliteBuffer.of(new byte[0])));
    private final Map<String, Integer> metadata = new LinkedHashMap<>();

    /// Adds the input or an operator's output, and returns the tensor's index.
    int map(String name, List<Integer> dims, TfliteTensorType stored) {
        tensors.add(new Declared(name, stored, dims, NO_BUFFER));
        return tensors.size() - 1;
    }

    /// The type of the tensor with that index.
    TfliteTensorType stored(int tensor) {
        return tensors.get(tensor).stored();
    }

    /// Adds a constant and returns its index.
    int constant(String name, TfliteTensorType stored, List<Integer> dims, TfliteBuffer values) {
        tensors.add(new Declared(name, stored, dims, add(values)));
        return tensors.size() - 1;
    }

    /// Adds an operator after all others so far, and returns the index of its first output.
    int add(WrittenOperator operation) {
        operations.add(operation.reading(stored(operation.inputs().getFirst())));
        return operation.output();
    }

    /// Adds metadata called `name`.
    void addMetadata(String name, byte[] bytes) {
        metadata.put(name, add(TfliteBuffer.of(bytes)));
    }

    private int add(TfliteBuffer buffer) {
        buffers.add(buffer);
        return buffers.size() - 1;
    }

    /// The file, with tensor `input` as its input and the tensors `outputs` as its outputs.
    ///
    /// @param description of the program that wrote it
    TfliteLayout layOut(int input, List<Integer> outputs, String description) {
        var places = new TfliteLayout.Places(buffers);
        var to = new FlatBufferBuilder(1 << 16);
        // With this first, the tables' length is a multiple of it, and the data after them can be aligned.
        to.prep(TfliteLayout.ALIGNMENT, 0);
        int buffersVector = Model.createBuffersVector(to, bufferTables(to, places));
        int metadataVector = Model.createMetadataVector(to, metadataTables(to));
        var kinds = new LinkedHashMap<Kind, Integer>();
        operations.forEach(operation -> kinds.putIfAbsent(Kind.of(operation), kinds.size()));
        int codesVector = Model.createOperatorCodesVector(
                to, kinds.keySet().stream().mapToInt(kind -> code(to, kind)).toArray());
        int subgraphs = Model.createSubgraphsVector(to, new int[] {graph(to, kinds, input, outputs)});
        int text = to.createString(description);
        Model.finishModelBuffer(
                to, Model.createModel(to, VERSION, codesVector, subgraphs, text, buffersVector, 0, metadataVector, 0));
        return new TfliteLayout(to.sizedByteArray(), buffers, places);
    }

    /// Buffers whose bytes lie after the tables, so that the flatbuffer builder need not hold them.
    private int[] bufferTables(FlatBufferBuilder to, TfliteLayout.Places places) {
        var offsets = new int[buffers.size()];
        for (int i = 0; i < offsets.length; i++) {
            to.startTable(1);
            if (buffers.get(i).size() > 0) {
                // An offset is relative to its own position, which the builder counts from the end.
                to.prep(Integer.BYTES, 0);
                to.addInt(0, Math.toIntExact(to.offset() + Integer.BYTES + places.vector(i)), 0);
            }
            offsets[i] = Buffer.endBuffer(to);
        }
        return offsets;
    }

    private int[] metadataTables(FlatBufferBuilder to) {
        return metadata.entrySet().stream()
                .mapToInt(entry -> Metadata.createMetadata(to, to.createString(entry.getKey()), entry.getValue()))
                .toArray();
    }

    /// Also writes the older field of one byte, the only one that runtimes from before 2020 read.
    private static int code(FlatBufferBuilder to, Kind kind) {
        int name = kind.name().isEmpty() ? 0 : to.createString(kind.name());
        return OperatorCode.createOperatorCode(
                to, (byte) Math.min(kind.code(), Byte.MAX_VALUE), name, kind.version(), kind.code());
    }

    private int graph(FlatBufferBuilder to, Map<Kind, Integer> kinds, int input, List<Integer> results) {
        int tensorsVector = SubGraph.createTensorsVector(
                to, tensors.stream().mapToInt(tensor -> table(to, tensor)).toArray());
        int operatorsVector = SubGraph.createOperatorsVector(
                to,
                operations.stream()
                        .mapToInt(operation -> table(to, operation, kinds.getOrDefault(Kind.of(operation), 0)))
                        .toArray());
        int inputs = SubGraph.createInputsVector(to, new int[] {input});
        int outputs = SubGraph.createOutputsVector(to, ints(results));
        return SubGraph.createSubGraph(to, tensorsVector, inputs, outputs, operatorsVector, 0);
    }

    private static int table(FlatBufferBuilder to, Declared tensor) {
        int name = to.createString(tensor.name());
        int shape = Tensor.createShapeVector(to, ints(tensor.dims()));
        int scales = tensor.stored().writeScales(to);
        byte type = (byte) tensor.stored().type();
        return Tensor.createTensor(to, shape, type, tensor.buffer(), name, scales, false, 0, 0, true, 0);
    }

    private static int table(FlatBufferBuilder to, WrittenOperator operation, int kind) {
        int options = operation.options().applyAsInt(to);
        int inputs = Operator.createInputsVector(to, ints(operation.inputs()));
        int outputs = Operator.createOutputsVector(to, ints(operation.outputs()));
        return Operator.createOperator(
                to,
                kind,
                inputs,
                outputs,
                (byte) operation.optionsType(),
                operation.isCustom() ? 0 : options,
                operation.isCustom() ? options : 0,
                (byte) 0,
                0,
                0);
    }

    private static int[] ints(List<Integer> values) {
        return values.stream().mapToInt(Integer::intValue).toArray();
    }
}
