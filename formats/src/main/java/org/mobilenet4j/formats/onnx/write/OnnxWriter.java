package org.mobilenet4j.formats.onnx.write;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Path;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.arch.Nonlinearity;
import org.mobilenet4j.arch.Nonlinearity.Curve;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.formats.onnx.OnnxNames;
import org.mobilenet4j.formats.onnx.OnnxProtos;
import org.mobilenet4j.model.BoxOutputs;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.file.AtomicFile;
import org.mobilenet4j.model.file.ModelMetadata;
import org.mobilenet4j.tensor.ElementType;

/// Writes models as ONNX with operator set 17.
///
/// The model's input is `input`, N x C x H x W for any batch size N, normalized by the model's preprocessing. This is
/// the layout of ONNX's operators and of PyTorch's exports, so no transpositions are needed and other programs find
/// what they expect (`docs/decisions/010-onnx.md`). The output is `output`: N x classes, or N x C x H x W if the
/// network ends in a feature map. The output of a [org.mobilenet4j.arch.Flatten] keeps our order: row by row, channels
/// innermost.
///
/// A quantized model is written in QDQ form, the common exchange form: int8 kernels, with one scale or one per output
/// channel, and int32 biases reach their operator through a `DequantizeLinear`, and every quantized feature map is
/// followed by a `QuantizeLinear` and a `DequantizeLinear`. Input and output are floats in this case, too. Runtimes
/// round slightly differently from a [org.mobilenet4j.infer.Session] (`docs/decisions/012-qdq.md`).
///
/// Each layer is an operator of the same name; dropout is left out. Batch normalization is written if the network has
/// it; [org.mobilenet4j.model.FoldedModel] creates models without. The metadata contains `format`, `name`, labels,
/// preprocessing and notes ([ModelMetadata]).
public final class OnnxWriter {
    private static final int OPERATOR_SET = 17;
    /// The first that has `Gelu`.
    private static final int GELU_OPERATOR_SET = 20;
    private static final int IR_VERSION = 8;

    private OnnxWriter() {}

    private static int operatorSet(Model model) {
        boolean hasGelu = model.network().nodes().stream()
                .anyMatch(node -> node.layer() instanceof Nonlinearity layer
                        && (layer.function() == Curve.GELU || layer.function() == Curve.GELU_TANH));
        if (hasGelu && model.quantization().isPresent()) {
            throw new BadValueException(
                    "quantized networks with GELU are not written as ONNX; write the float network");
        }
        return hasGelu ? GELU_OPERATOR_SET : OPERATOR_SET;
    }

    /// Writes `model` to `file`, completely or not at all.
    ///
    /// @param type how float kernels are stored; computation is in float32 either way
    /// @throws IllegalArgumentException if the model exceeds 2 GiB, ONNX's limit, or a value exceeds float16's
    ///     range
    /// @throws IOException if the file cannot be written
    public static void write(Model model, Path file, ElementType type) throws IOException {
        write(model, file, type, false);
    }

    /// The same, with non-maximum suppression.
    ///
    /// @param suppresses whether a detector ends in `NonMaxSuppression`, for one image at a time, and not in the
    ///     boxes and scores of all anchors
    public static void write(Model model, Path file, ElementType type, boolean suppresses) throws IOException {
        var proto = proto(model, type, suppresses);
        AtomicFile.write(file, channel -> proto.writeTo(Channels.newOutputStream(channel)));
    }

    /// The bytes of such a file.
    ///
    /// @throws IllegalArgumentException like [#write]
    public static byte[] bytes(Model model, ElementType type) {
        return bytes(model, type, false);
    }

    /// The bytes of such a file, with non-maximum suppression if `suppresses`.
    public static byte[] bytes(Model model, ElementType type, boolean suppresses) {
        return proto(model, type, suppresses).toByteArray();
    }

    private static ModelProto proto(Model model, ElementType type, boolean suppresses) {
        var network = model.network();
        checkSize(model);
        var graph = GraphProto.newBuilder().setName(network.name());
        var values = new OnnxValues(graph, network.input());
        var stored = model.quantization()
                .map(maps -> new OnnxQuantizedLayerWriter(values, network, maps))
                .orElse(null);
        var layers = new OnnxLayerWriter(values, model.weights(), type, stored);
        if (stored != null) {
            stored.storeInput();
        }
        var end = model.boxes()
                .map(boxes -> new OnnxDetectorEnd(network, boxes, values))
                .orElse(null);
        for (var node : network.nodes()) {
            if (end == null || !end.joins(node)) {
                layers.add(node);
                if (stored != null) {
                    stored.store(node);
                }
            }
        }
        var input = network.input();
        if (end == null) {
            graph.addInput(OnnxProtos.declare(OnnxValues.INPUT, input.channels(), input.height(), input.width()));
            finish(network, values, graph);
        } else {
            graph.addInput(
                    suppresses
                            ? OnnxProtos.declare(
                                    OnnxValues.INPUT,
                                    DataType.FLOAT,
                                    "",
                                    1,
                                    input.channels(),
                                    input.height(),
                                    input.width())
                            : OnnxProtos.declare(OnnxValues.INPUT, input.channels(), input.height(), input.width()));
            finish(end, model.boxes().orElseThrow(), values, graph, suppresses);
        }
        var proto = ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("mobilenet4j")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(operatorSet(model)))
                .addMetadataProps(OnnxProtos.text("format", ModelMetadata.FORMAT))
                .addMetadataProps(OnnxProtos.text("name", network.name()));
        ModelMetadata.write(model).forEach((key, text) -> proto.addMetadataProps(OnnxProtos.text(key, text)));
        return proto.setGraph(graph).build();
    }

    private static void finish(Network network, OnnxValues values, GraphProto.Builder graph) {
        values.finish(
                network.nodes().isEmpty()
                        ? Node.INPUT
                        : network.nodes().getLast().id());
        var output = network.output();
        graph.addOutput(
                output.pixels() == 1
                        ? OnnxProtos.declare(OnnxValues.OUTPUT, output.channels())
                        : OnnxProtos.declare(OnnxValues.OUTPUT, output.channels(), output.height(), output.width()));
    }

    private static void finish(
            OnnxDetectorEnd end, BoxOutputs boxes, OnnxValues values, GraphProto.Builder graph, boolean suppresses) {
        var encodings = end.encodings();
        var probabilities = end.probabilities();
        if (suppresses) {
            new OnnxSuppression(boxes, values).add(encodings, probabilities);
            graph.addOutput(OnnxProtos.declare(OnnxNames.BOXES, DataType.FLOAT, "K", BoxOutputs.VALUES));
            graph.addOutput(OnnxProtos.declare(OnnxNames.PROBABILITIES, DataType.FLOAT, "K"));
            graph.addOutput(OnnxProtos.declare(OnnxNames.CLASSES, DataType.INT64, "K"));
            return;
        }
        graph.addOutput(OnnxProtos.declare(encodings, boxes.count(), BoxOutputs.VALUES));
        graph.addOutput(OnnxProtos.declare(probabilities, boxes.count(), boxes.scores()));
        graph.addOutput(OnnxProtos.declare(end.anchors(), DataType.FLOAT, "", boxes.count(), BoxOutputs.VALUES));
    }

    private static void checkSize(Model model) {
        long bytes = model.weights().tensors().values().stream()
                .mapToLong(tensor -> (long) tensor.size() * Float.BYTES)
                .sum();
        if (bytes > Integer.MAX_VALUE - (1 << 24)) {
            throw new BadValueException("the network " + model.network().name() + " has " + bytes
                    + " bytes of weights; the limit of an ONNX file is 2 GiB");
        }
    }
}
