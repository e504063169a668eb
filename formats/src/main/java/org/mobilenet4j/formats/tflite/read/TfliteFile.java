package org.mobilenet4j.formats.tflite.read;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.formats.tflite.TfliteScales;
import org.tensorflow.lite.schema.Buffer;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.Model;
import org.tensorflow.lite.schema.Operator;
import org.tensorflow.lite.schema.OperatorCode;
import org.tensorflow.lite.schema.QuantizationDetails;
import org.tensorflow.lite.schema.SubGraph;
import org.tensorflow.lite.schema.Tensor;

/// A TFLite file's tables, read and checked: every length is within limits, all data lies inside the file, every index
/// is valid. The operators are not interpreted here.
///
/// @param description the converter's description of itself, or empty
/// @param tensors of the only graph
/// @param operators of the only graph, in order of execution
/// @param input index of the only input tensor
/// @param output index of the only output tensor; of a detector's, the first
/// @param outputs indices of all output tensors
/// @param metadata the buffer with TFLite metadata, or null
/// @param ours the buffer with this library's own metadata, or null
public record TfliteFile(
        String description,
        List<TfliteTensor> tensors,
        List<TfliteOperator> operators,
        int input,
        int output,
        List<Integer> outputs,
        @Nullable MemorySegment metadata,
        @Nullable MemorySegment ours) {
    /// The name of this library's own metadata, which holds what TFLite's has no fields for.
    public static final String OWN_METADATA = "MOBILENET4J_METADATA";

    private static final Set<String> UNREAD = Set.of("INT16", "INT4", "UINT4");

    private static final int MIN_BYTES = 16;
    private static final int VERSION = 3;
    private static final int MAX_ITEMS = 1 << 16;
    private static final int MAX_RANK = 8;
    private static final int MAX_OPERANDS = 256;
    private static final int MAX_NAME = 256;

    /// Value of the schema's older, one-byte field that refers to the newer field.
    private static final int PLACEHOLDER = BuiltinOperator.PLACEHOLDER_FOR_GREATER_OP_CODES;

    /// Whether `bytes` begin like a TFLite file: with the identifier `TFL3` at byte 4.
    public static boolean hasMagic(MemorySegment bytes) {
        return bytes.byteSize() >= 8
                && bytes.asSlice(4, 4).mismatch(MemorySegment.ofArray("TFL3".getBytes(StandardCharsets.US_ASCII))) < 0;
    }

    /// The operators that read `tensor`, each once.
    List<TfliteOperator> readers(int tensor) {
        return operators.stream()
                .filter(operator -> operator.inputs().contains(tensor))
                .toList();
    }

    /// Whether no convolution or dense layer comes after `operator`.
    boolean isLastWithWeights(TfliteOperator operator) {
        return operators.stream()
                .skip(operator.place() + 1L)
                .noneMatch(
                        later -> later.kind().equals("CONV_2D") || later.kind().equals("FULLY_CONNECTED"));
    }

    /// @throws IllegalArgumentException if a tensor has integers of an unsupported size
    void refuseUnread() {
        for (var tensor : tensors) {
            if (UNREAD.contains(tensor.typeName())) {
                throw new BadValueException("is quantized to " + tensor.typeName() + " (the tensor \"" + tensor.name()
                        + "\"); only float, INT8 and UINT8 models are supported");
            }
        }
    }

    /// Reads the tables in `bytes`.
    ///
    /// @param file name for messages
    public static TfliteFile parse(Path file, MemorySegment bytes) throws BadFileException {
        if (bytes.byteSize() < MIN_BYTES || !hasMagic(bytes)) {
            throw new BadFileException(
                    file,
                    "is not a TFLite file (the identifier TFL3 is missing at byte 4); give a .tflite file as the"
                            + " converter wrote it");
        }
        if (bytes.byteSize() > Integer.MAX_VALUE) {
            throw new BadFileException(file, "is over 2 GiB, the most that TFLite allows; give a smaller model");
        }
        try {
            return new Parser(file, bytes).parse();
        } catch (RuntimeException e) {
            // The generated accessors follow any offset without checks. Whatever they fail on (an index, a buffer's
            // limit, a missing table) means that the file is damaged.
            throw new BadFileException(
                    file, "is cut short or damaged (its tables point outside of the file); get the file again", e);
        }
    }

    /// `text` on one line and of limited length, for messages.
    static String printable(ByteBuffer utf8) {
        int length = Math.min(utf8.remaining(), MAX_NAME);
        var text = StandardCharsets.UTF_8
                .decode(utf8.slice(utf8.position(), length))
                .toString();
        return text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
    }

    private record Parser(Path file, MemorySegment bytes) {
        TfliteFile parse() throws BadFileException {
            var model = Model.getRootAsModel(bytes.asByteBuffer());
            if (model.version() != VERSION) {
                throw new BadFileException(
                        file,
                        "is of TFLite schema version " + model.version() + "; only version " + VERSION
                                + " is supported");
            }
            if (model.subgraphsLength() != 1) {
                throw new BadFileException(
                        file, "has " + model.subgraphsLength() + " graphs; only models with one are supported");
            }
            var graph = model.subgraphs(0);
            var buffers = buffers(model);
            var tensors = tensors(graph, buffers);
            var operators = operators(model, graph, tensors.size());
            var description = model.descriptionAsByteBuffer();
            var converter = description == null ? "" : printable(description);
            if (converter.startsWith("TOCO") && !TocoEnd.isThere(bytes.asByteBuffer())) {
                throw new IndexOutOfBoundsException("the last operator code");
            }
            return new TfliteFile(
                    converter,
                    tensors,
                    operators,
                    only("input", graph.inputsLength(), graph::inputs, tensors.size()),
                    output(graph, operators, tensors),
                    outputs(graph),
                    metadata("TFLITE_METADATA", model, buffers),
                    metadata(OWN_METADATA, model, buffers));
        }

        private int count(String what, int count, int limit) throws BadFileException {
            if (count < 0 || count > limit) {
                throw new BadFileException(
                        file, "claims " + count + " " + what + ", over the limit of " + limit + "; get the file again");
            }
            return count;
        }

        private List<MemorySegment> buffers(Model model) throws BadFileException {
            int count = count("buffers", model.buffersLength(), MAX_ITEMS);
            var all = new ArrayList<MemorySegment>(count);
            for (int i = 0; i < count; i++) {
                var buffer = model.buffers(new Buffer(), i);
                var data = buffer.dataAsByteBuffer(); // checked against the file's end here
                all.add(data == null ? MemorySegment.NULL : bytes.asSlice(data.position(), data.remaining()));
            }
            return all;
        }

        private List<TfliteTensor> tensors(SubGraph graph, List<MemorySegment> buffers) throws BadFileException {
            int count = count("tensors", graph.tensorsLength(), MAX_ITEMS);
            var all = new ArrayList<TfliteTensor>(count);
            for (int i = 0; i < count; i++) {
                var tensor = graph.tensors(new Tensor(), i);
                var name = tensor.nameAsByteBuffer();
                int rank = count("dimensions of a tensor", tensor.shapeLength(), MAX_RANK);
                var data = buffers.get(Math.toIntExact(tensor.buffer()));
                all.add(new TfliteTensor(
                        name == null ? "tensor " + i : printable(name),
                        list(rank, tensor::shape),
                        tensor.type(),
                        data.byteSize() == 0 ? null : data,
                        scales(tensor)));
                if (tensor.sparsity() != null) {
                    throw new BadFileException(
                            file, "keeps the tensor \"" + all.getLast().name() + "\" sparse; convert it to dense");
                }
            }
            return all;
        }

        private TfliteScales scales(Tensor tensor) throws BadFileException {
            var given = tensor.quantization();
            if (given == null) {
                return TfliteScales.NONE;
            }
            int count = count("scales of a tensor", given.scaleLength(), MAX_ITEMS);
            var scales = new ArrayList<Float>(count);
            for (int i = 0; i < count; i++) {
                scales.add(given.scale(i));
            }
            int zeros = count("zero points of a tensor", given.zeroPointLength(), MAX_ITEMS);
            var zeroPoints = new ArrayList<Long>(zeros);
            for (int i = 0; i < zeros; i++) {
                zeroPoints.add(given.zeroPoint(i));
            }
            boolean isCustom = given.detailsType() != QuantizationDetails.NONE;
            return new TfliteScales(scales, zeroPoints, given.quantizedDimension(), isCustom);
        }

        private List<TfliteOperator> operators(Model model, SubGraph graph, int tensors) throws BadFileException {
            int kinds = count("kinds of operators", model.operatorCodesLength(), MAX_ITEMS);
            var names = new ArrayList<String>(kinds);
            for (int i = 0; i < kinds; i++) {
                names.add(kind(model.operatorCodes(new OperatorCode(), i)));
            }
            int count = count("operators", graph.operatorsLength(), MAX_ITEMS);
            var all = new ArrayList<TfliteOperator>(count);
            for (int i = 0; i < count; i++) {
                var operator = graph.operators(new Operator(), i);
                all.add(new TfliteOperator(
                        i,
                        names.get(Math.toIntExact(operator.opcodeIndex())),
                        operands(operator.inputsLength(), operator::inputs, tensors),
                        operands(operator.outputsLength(), operator::outputs, tensors),
                        TfliteOptions.of(operator)));
            }
            return all;
        }

        private static String kind(OperatorCode code) {
            // Files from before 2020 have only the older field, later ones both.
            int number = Math.max(code.deprecatedBuiltinCode(), code.builtinCode());
            if (number == BuiltinOperator.CUSTOM) {
                var name = code.customCodeAsByteBuffer();
                return "custom operator" + (name == null ? "" : " " + printable(name));
            }
            return number >= 0 && number < BuiltinOperator.names.length && number != PLACEHOLDER
                    ? BuiltinOperator.name(number)
                    : "operator number " + number;
        }

        private List<Integer> operands(int claimed, IntUnaryOperator get, int tensors) throws BadFileException {
            var all = list(count("operands of an operator", claimed, MAX_OPERANDS), get);
            for (int index : all) {
                if (index >= tensors) {
                    throw new IndexOutOfBoundsException("tensor " + index);
                }
            }
            return all;
        }

        /// A detector has several outputs, all of one operator, of which the first stands for all.
        private int output(SubGraph graph, List<TfliteOperator> operators, List<TfliteTensor> tensors)
                throws BadFileException {
            var outputs = outputs(graph);
            for (int output : outputs) {
                Objects.checkIndex(output, tensors.size());
            }
            boolean areOfDetector = operators.stream()
                    .anyMatch(operator -> TfliteDetector.isEnd(operator)
                            && !outputs.isEmpty()
                            && operator.outputs().containsAll(outputs));
            return areOfDetector || TfliteDetector.areRaw(outputs, tensors)
                    ? outputs.getFirst()
                    : only("output", graph.outputsLength(), graph::outputs, tensors.size());
        }

        private List<Integer> outputs(SubGraph graph) throws BadFileException {
            return list(count("outputs", graph.outputsLength(), MAX_OPERANDS), graph::outputs);
        }

        private int only(String what, int count, IntUnaryOperator get, int tensors) throws BadFileException {
            if (count != 1) {
                throw new BadFileException(
                        file,
                        "has " + count + " " + what + "s; only networks with one " + what
                                + ", and detectors that end in TFLite_Detection_PostProcess, or in the encodings of their"
                                + " boxes (1 x anchors x 4) and scores, are supported");
            }
            return Objects.checkIndex(get.applyAsInt(0), tensors);
        }

        private static @Nullable MemorySegment metadata(String wanted, Model model, List<MemorySegment> buffers) {
            int count = Math.min(model.metadataLength(), MAX_ITEMS);
            for (int i = 0; i < count; i++) {
                var name = model.metadata(i).nameAsByteBuffer();
                if (name != null && printable(name).equals(wanted)) {
                    return buffers.get(Math.toIntExact(model.metadata(i).buffer()));
                }
            }
            return null;
        }

        private static List<Integer> list(int count, IntUnaryOperator get) {
            var all = new ArrayList<Integer>(count);
            for (int i = 0; i < count; i++) {
                all.add(get.applyAsInt(i));
            }
            return List.copyOf(all);
        }
    }
}
