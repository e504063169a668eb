package org.mobilenet4j.formats.onnx.read;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.model.file.ModelMetadata;

/// An ONNX file, parsed and checked against limits. Its graph is not interpreted here.
///
/// @param converter the program that wrote it, with its version
/// @param metadata texts by key
/// @param opset version of ONNX's operator set
/// @param graph the only graph, in QDQ form where it is quantized
/// @param isMixed whether it has quantized operators, but also layers that compute with floats
/// @param constants by name
/// @param data the external data files
/// @param byteSize size of the file itself
record OnnxFile(
        String converter,
        Map<String, String> metadata,
        long opset,
        GraphProto graph,
        boolean isMixed,
        Map<String, OnnxTensor> constants,
        OnnxDataFiles data,
        long byteSize) {
    /// Operators of earlier versions broadcast differently.
    private static final int MIN_OPSET = 7;

    /// The file in `bytes`, which must not change any more: constants are slices of it.
    ///
    /// @param file name for messages; external data files are looked for beside it
    static OnnxFile parse(Path file, byte[] bytes) throws BadFileException {
        try {
            return parse(bytes, new OnnxDataFiles(file.toAbsolutePath().resolveSibling("")));
        } catch (InvalidProtocolBufferException e) {
            throw new BadFileException(
                    file,
                    "is not an ONNX file, or is cut short or damaged (" + e.getMessage()
                            + "); give an .onnx file as it was exported",
                    e);
        } catch (IOException | BadValueException e) {
            throw new BadFileException(file, String.valueOf(e.getMessage()), e);
        }
    }

    private static OnnxFile parse(byte[] bytes, OnnxDataFiles data) throws IOException {
        OnnxBounds.check(CodedInputStream.newInstance(bytes), ModelProto.getDescriptor());
        var in = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
        in.enableAliasing(true); // constants are not copied
        var model = ModelProto.parseFrom(in);
        if (!model.hasIrVersion() || !model.hasGraph()) {
            throw new BadValueException("is not an ONNX file (it has no " + (model.hasGraph() ? "version" : "graph")
                    + "); give an .onnx file as it was exported");
        }
        boolean isMixed = QOperators.areIn(model.getGraph()) && QuantizedThrough.isMixed(model.getGraph());
        var graph = QOperators.toQdq(model.getGraph(), data);
        var metadata = new HashMap<String, String>();
        model.getMetadataPropsList().forEach(entry -> metadata.put(entry.getKey(), entry.getValue()));
        var constants = new LinkedHashMap<String, OnnxTensor>();
        for (var tensor : graph.getInitializerList()) {
            constants.put(tensor.getName(), OnnxTensor.of(tensor, data));
        }
        return new OnnxFile(
                (model.getProducerName() + " " + model.getProducerVersion()).strip(),
                metadata,
                opset(model),
                graph,
                isMixed,
                constants,
                data,
                bytes.length);
    }

    /// Whether this library wrote the file, or another program kept this library's metadata.
    boolean isOurs() {
        return ModelMetadata.isOurs(metadata);
    }

    /// The only input that is not a constant.
    ///
    /// @throws IllegalArgumentException if there is not exactly one
    ValueInfoProto input() {
        // Until version 3 of the format, constants were also inputs.
        var inputs = graph.getInputList().stream()
                .filter(input -> !constants.containsKey(input.getName()))
                .toList();
        if (inputs.size() != 1) {
            throw new BadValueException(
                    "has " + inputs.size() + " inputs; only classifiers with one input are supported");
        }
        return inputs.getFirst();
    }

    /// The batch size that the file was exported for, or 0 for any.
    long batch() {
        var shape = input().getType().getTensorType().getShape();
        return shape.getDimCount() == 0 ? 0 : shape.getDim(0).getDimValue();
    }

    /// Whether the graph quantizes feature maps, and not only weights, and is quantized throughout.
    boolean storesMaps() {
        if (isMixed) {
            return false;
        }
        var fixed = new HashSet<>(constants.keySet());
        for (var node : graph.getNodeList()) {
            if (node.getOpType().equals("Constant")) {
                fixed.addAll(node.getOutputList());
            } else if (node.getOpType().equals(OnnxQuantization.QUANTIZE)
                    && node.getInputCount() > 0
                    && !fixed.contains(node.getInput(0))) {
                return true;
            }
        }
        return false;
    }

    private static long opset(ModelProto model) {
        for (var set : model.getOpsetImportList()) {
            if (set.getDomain().isEmpty() || set.getDomain().equals("ai.onnx")) {
                if (set.getVersion() < MIN_OPSET) {
                    throw new BadValueException("uses version " + set.getVersion()
                            + " of ONNX's operators; export it again with version " + MIN_OPSET + " or newer");
                }
                return set.getVersion();
            }
        }
        throw new BadValueException("does not say which version of ONNX's operators it uses; export it again");
    }
}
